import Foundation
import HTTPTypes
import LapwingCore
import LapwingWeb
import Synchronization
import Testing

@Suite("People for whom a provider vouches")
struct IdentityTests {
    private static let start = Timestamp(seconds: 1_780_000_000)

    // MARK: Log-ins under way

    private static func begin(
        _ pending: PendingLogins, from address: String = "192.0.2.1", at now: Timestamp = start
    ) -> PendingLogins.Beginning? {
        pending.begin(from: address, next: "/", redirect: "https://x.example/", formerSession: nil, at: now)
    }

    private static func isTaken(_ outcome: PendingLogins.Outcome) -> Bool {
        if case .taken = outcome { true } else { false }
    }

    @Test("a log-in is taken up once, within ten minutes, by the browser in which it began")
    func once() throws {
        let pending = PendingLogins()
        let begun = try #require(Self.begin(pending))
        #expect(begun.state.utf8.count == 43 && begun.login.verifier.utf8.count == 43)
        #expect(Set([begun.state, begun.browser, begun.login.nonce, begun.login.verifier]).count == 4)
        for browser in [nil, "", begun.state] {
            guard case .ofAnotherBrowser = pending.take(state: begun.state, browser: browser, at: Self.start) else {
                Issue.record("taken with \(browser ?? "nothing")")
                continue
            }
        }
        guard case .taken(let login) = pending.take(state: begun.state, browser: begun.browser, at: Self.start) else {
            Issue.record("not taken")
            return
        }
        #expect(login.nonce == begun.login.nonce)
        #expect(!Self.isTaken(pending.take(state: begun.state, browser: begun.browser, at: Self.start)))
    }

    @Test("it expires", arguments: [(599, true), (600, false), (-1, false)] as [(Int64, Bool)])
    func expiry(seconds: Int64, isThere: Bool) throws {
        let pending = PendingLogins()
        let begun = try #require(Self.begin(pending))
        let outcome = pending.take(
            state: begun.state, browser: begun.browser, at: Self.start.adding(seconds: seconds))
        #expect(Self.isTaken(outcome) == isThere)
    }

    @Test("of one address so many begin within a minute, and of all the oldest gives way")
    func bounds() throws {
        let pending = PendingLogins()
        for _ in 0..<PendingLogins.mostAMinute { #expect(Self.begin(pending, from: "2001:db8::1") != nil) }
        #expect(Self.begin(pending, from: "2001:db8::ffff") == nil, "of the same network")
        #expect(Self.begin(pending, from: "2001:db8:0:1::1") != nil)
        #expect(Self.begin(pending, from: "2001:db8::1", at: Self.start.adding(seconds: 60)) != nil)
        let first = try #require(Self.begin(pending, from: "192.0.2.1", at: Self.start.adding(seconds: -1)))
        for number in 0..<PendingLogins.most { _ = Self.begin(pending, from: "10.0.\(number / 250).\(number % 250)") }
        #expect(!Self.isTaken(pending.take(state: first.state, browser: first.browser, at: Self.start)))
    }

    // MARK: What the provider publishes

    /// Answers as a provider does, and counts.
    private final class Answers: Sendable {
        let counts = Mutex<[String: Int]>([:])
        let keys = Mutex<String>("[]")
        let isDown = Mutex(false)
        let clock = Mutex(ContinuousClock.Instant.now)

        func advance(seconds: Int) { clock.withLock { $0 += .seconds(seconds) } }

        var directory: ProviderDirectory {
            let provider = IdentityProvider(issuer: "https://p.example", clientID: "c", groups: GroupRights([:]))
            return ProviderDirectory(
                provider,
                { [self] request throws(ProviderFault) in
                    counts.withLock { $0[request.url, default: 0] += 1 }
                    if isDown.withLock({ $0 }) { throw ProviderFault(.provider, "down") }
                    let text =
                        request.url.hasSuffix("/keys")
                        ? #"{"keys":\#(keys.withLock { $0 })}"#
                        : #"{"issuer":"https://p.example","authorization_endpoint":"https://p.example/a","#
                            + #""token_endpoint":"https://p.example/t","jwks_uri":"https://p.example/keys"}"#
                    return ProviderAnswer(status: 200, body: Array(text.utf8))
                }, now: { [self] in clock.withLock { $0 } })
        }

        func count(_ path: String) -> Int { counts.withLock { $0["https://p.example\(path)"] ?? 0 } }
    }

    /// The head of a token that names a key; its signature is not looked at here.
    private static func parts(_ kid: String) throws -> IdentityToken.Parts {
        let head = Base64URL.text(Array(#"{"alg":"ES256","kid":"\#(kid)"}"#.utf8))
        return try IdentityToken.Parts("\(head).e30.AAAA")
    }

    private static func key(_ kid: String) -> String {
        let number = Base64URL.text([UInt8](repeating: 1, count: 32))
        return #"{"kty":"EC","crv":"P-256","kid":"\#(kid)","x":"\#(number)","y":"\#(number)"}"#
    }

    @Test("keys that are new there are found, and looked for once a minute at most")
    func keysAreFetchedAgain() async throws {
        let answers = Answers()
        answers.keys.withLock { $0 = "[\(Self.key("one"))]" }
        let directory = answers.directory
        #expect(try await directory.key(of: Self.parts("one")).name == "one")
        answers.keys.withLock { $0 = "[\(Self.key("two"))]" }
        for _ in 0..<5 {
            await #expect(throws: ProviderFault.self) { try await directory.key(of: Self.parts("two")) }
        }
        #expect(answers.count("/keys") == 1)
        answers.advance(seconds: 61)
        #expect(try await directory.key(of: Self.parts("two")).name == "two")
        #expect(answers.count("/keys") == 2)
        // A key that is published no longer counts for an hour at most.
        answers.keys.withLock { $0 = "[\(Self.key("three"))]" }
        answers.advance(seconds: 3601)
        await #expect(throws: ProviderFault.self) { try await directory.key(of: Self.parts("two")) }
        #expect(answers.count("/.well-known/openid-configuration") == 2)
    }

    @Test("a provider that fails is left alone for a while, and those who ask at once wait for one answer")
    func oneQuestion() async throws {
        let answers = Answers()
        answers.isDown.withLock { $0 = true }
        let directory = answers.directory
        for _ in 0..<5 {
            await #expect(throws: ProviderFault.self) { try await directory.currentEndpoints() }
        }
        #expect(answers.count("/.well-known/openid-configuration") == 1)
        answers.isDown.withLock { $0 = false }
        answers.advance(seconds: 6)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<20 { group.addTask { _ = try await directory.currentEndpoints() } }
            try await group.waitForAll()
        }
        #expect(answers.count("/.well-known/openid-configuration") == 2)
    }

    @Test(
        "base64 of addresses has one text for the same bytes",
        arguments: [
            ("", []), ("AQ", [1]), ("-_8", [0xfb, 0xff]), ("AR", nil), ("AQ==", nil), ("A", nil), ("+/8", nil),
            ("A Q", nil),
        ] as [(String, [UInt8]?)])
    func base64(text: String, bytes: [UInt8]?) { #expect(Base64URL.bytes(text) == bytes) }

    // MARK: What a proxy says

    private static let user = HTTPField.Name("x-forwarded-user") ?? .accept
    private static let groups = HTTPField.Name("X-Forwarded-Groups") ?? .accept

    static let said: [(users: [String], groups: [String], found: [String]?)] = [
        (["anna"], ["a, b,,\tc"], ["anna", "a", "b", "c"]), ([" anna\t"], [], ["anna"]), ([], ["a"], nil),
        (["anna", "anna"], ["a"], nil), (["anna"], ["a", "b"], nil), ([""], ["a"], nil), (["a\u{202e}b"], ["a"], nil),
        ([String(repeating: "x", count: 256)], ["a"], nil),
    ]

    @Test("a proxy names one person, and his groups", arguments: said.indices)
    func forwarded(_ index: Int) {
        let (users, groups, found) = Self.said[index]
        let terms = ForwardedIdentity(trusted: [], groups: GroupRights([:]))
        var headers = HTTPFields()
        headers[values: Self.user] = users
        headers[values: Self.groups] = groups
        let person = ForwardedPerson(terms, headers, proxy: "p")
        #expect(person.map { [$0.name] + $0.groups } == found)
        terms.strip(&headers)
        #expect(headers.isEmpty)
    }
}
