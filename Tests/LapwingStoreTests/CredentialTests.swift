import DNSWire
import LapwingCore
import LapwingStore
import Testing

@Suite("Tokens, accounts and sessions") struct CredentialTests {
    let store: Store
    private static let anna = Account(name: "anna", rights: Rights(.act, tags: ["b", "a"]), createdAt: Made.now)

    init(_ kind: StoreKind = .sqlite) throws { store = try kind.store() }

    private func digest(_ number: Int) -> [UInt8] { [UInt8](repeating: UInt8(number), count: 32) }

    @Test("a token comes back by its digest, once, and not under a name that is taken", arguments: StoreKind.allCases)
    static func tokens(_ kind: StoreKind) throws { try Self(kind).tokens() }

    private func tokens() throws {
        let end = Made.now.adding(seconds: 60)
        let token = AccessToken(name: "t", rights: Rights(.look, tags: ["x"]), createdAt: Made.now, expires: end)
        #expect(try store.add(token, digest: digest(1), by: "eve"))
        #expect(try !store.add(token, digest: digest(2), by: "eve"))
        #expect(try store.token(digest: digest(1)) == token && store.token(digest: digest(2)) == nil)
        try store.note(use: "t", at: end)
        #expect(try store.tokens().map(\.usedAt) == [end])
        #expect(try store.revoke(token: "t", by: "eve", at: end) && !store.revoke(token: "t", by: "eve", at: end))
        #expect(try store.token(digest: digest(1)) == nil)
        let acts = try store.acts(after: 0)
        #expect(acts.map(\.kind) == [.token, .revocation])
        #expect(acts.map(\.after) == ["look on x until \(end)", nil] && acts[1].before == acts[0].after)
    }

    @Test(
        "rights that cannot be read are none", arguments: ["role = 'all'", "tags = 'x'", "tags = X'00'"],
        StoreKind.allCases)
    static func unreadable(_ change: String, _ kind: StoreKind) throws { try Self(kind).unreadable(change) }

    private func unreadable(_ change: String) throws {
        let token = AccessToken(name: "t", rights: .all, createdAt: Made.now)
        #expect(try store.add(token, digest: digest(1), by: "eve"))
        try store.execute("UPDATE token SET \(change)")
        #expect(try store.token(digest: digest(1)) == nil)
    }

    @Test("a session is an account's, as long as there is one with this password", arguments: StoreKind.allCases)
    static func sessions(_ kind: StoreKind) throws { try Self(kind).sessions() }

    private func sessions() throws {
        #expect(try !store.beginSession(digest: digest(1), by: "anna", at: Made.now), "there is no account")
        #expect(try store.add(Self.anna, hash: "$1", by: "eve") && !store.add(Self.anna, hash: "$2", by: "eve"))
        #expect(try store.passwordHash(of: "anna") == "$1" && store.passwordHash(of: "ben") == nil)
        #expect(try store.beginSession(digest: digest(1), by: "anna", at: Made.now))
        #expect(try store.session(digest: digest(1)) == Session(account: Self.anna, began: Made.now, seen: Made.now))
        #expect(try store.keep(hash: "$3", ofAccount: "anna", by: "eve", at: Made.now))
        #expect(try store.session(digest: digest(1)) == nil)
        #expect(try store.beginSession(digest: digest(2), by: "anna", at: Made.now))
        try store.endSession(digest: digest(2), by: "anna", at: Made.now)
        try store.endSession(digest: digest(2), by: "anna", at: Made.now)
        #expect(try store.beginSession(digest: digest(3), by: "anna", at: Made.now))
        #expect(try store.remove(account: "anna", by: "eve", at: Made.now))
        #expect(try store.session(digest: digest(3)) == nil && !store.hasAccounts())
        #expect(
            try store.acts(after: 0).map(\.kind) == [.account, .login, .account, .login, .logout, .login, .closure])
    }

    @Test("of one account so many sessions last, and what is over goes", arguments: StoreKind.allCases)
    static func bounds(_ kind: StoreKind) throws { try Self(kind).bounds() }

    private func bounds() throws {
        #expect(try store.add(Self.anna, hash: "$1", by: "eve"))
        for number in 1...60 {
            let now = Made.now.adding(seconds: Int64(number))
            #expect(try store.beginSession(digest: digest(number), by: "anna", at: now))
        }
        #expect(try store.number("SELECT count(*) FROM session") == 50)
        #expect(try store.session(digest: digest(10)) == nil && store.session(digest: digest(11)) != nil)
        #expect(try store.beginSession(digest: digest(99), by: "anna", at: Made.now.adding(seconds: Session.longest)))
        #expect(try store.number("SELECT count(*) FROM session") == 1)
    }

    @Test(
        "a session lasts",
        arguments: [
            (0, 0, true), (0, Session.longestRest - 1, true), (0, Session.longestRest, false),
            (Session.longest - 10, Session.longest - 1, true), (Session.longest - 10, Session.longest, false),
            (0, -5, false),
        ] as [(Int64, Int64, Bool)])
    func ends(_ seen: Int64, _ now: Int64, _ lasts: Bool) {
        let session = Session(account: Self.anna, began: Made.now, seen: Made.now.adding(seconds: seen))
        #expect(session.lasts(at: Made.now.adding(seconds: now)) == lasts)
    }
}
