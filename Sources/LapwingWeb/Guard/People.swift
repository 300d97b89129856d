import Foundation
package import LapwingCore
import LapwingCrypto
package import LapwingStore
import Logging
import Synchronization

/// Those whom the store knows, and the entries of the journal about who came in.
package final class People: Sendable {
    /// Seconds between two notes of a token's use.
    private static let useIsNotedEach: Int64 = 60
    /// What tokens of ours begin with, so that those who look for lost ones know them.
    static let mark = "lapwing_"

    let store: Store
    let now: @Sendable () -> Timestamp
    let pool: LoginPool
    /// Log-ins at a provider that are under way; they outlive a reload.
    let pending = PendingLogins()
    /// Where what reads the disk is done.
    let threads: any TaskExecutor
    private let ledger = Mutex(LoginLedger())
    private let accounts = Atomic(false)

    /// - Parameters:
    ///   - now: the wall clock.
    ///   - threads: those that may wait for the disk; nil for those that the listener has.
    package init(
        _ store: Store, now: @escaping @Sendable () -> Timestamp, pool: LoginPool = .shared,
        threads: (any TaskExecutor)? = nil
    ) {
        self.store = store
        self.now = now
        self.pool = pool
        self.threads = threads ?? DiskThreads.shared
        look()
    }

    /// Whether there are accounts, so that the page asks who comes.
    var hasAccounts: Bool { accounts.load(ordering: .relaxed) }

    /// Looks whether there are accounts; where the disk cannot be read it stays as it was.
    private func look() {
        if let has = try? store.hasAccounts() { accounts.store(has, ordering: .relaxed) }
    }

    /// Looks again each second, until the task is cancelled.
    func follow() async {
        while (try? await Task.sleep(for: .seconds(1))) != nil {
            try? await threads.run { [self] in look() }
        }
    }

    // MARK: Sessions

    /// A hash that no password has.
    static let nobodysHash = "$2b$12$lapwinglapwinglapwinge000000000000000000000000000000"

    /// The number of a session, which goes to the browser, and what is kept of it.
    static func freshSession() -> (number: String, digest: [UInt8]) {
        let number = Hexadecimal.text((0..<32).map { _ in UInt8.random(in: 0...255) })
        return (number, MessageDigest.sha256.of(Array(number.utf8)))
    }

    /// Whose session this is; nil where it is unknown or over. Reads the disk.
    ///
    /// - Parameter provider: who vouches for people without an account, and what their groups may do now.
    func owner(ofSession digest: [UInt8], at provider: IdentityProvider?) throws -> Visitor? {
        let now = now()
        guard let session = try store.session(digest: digest) else {
            return try provider.flatMap { try owner(ofVouchedSession: digest, at: $0, now) }
        }
        guard session.lasts(at: now) else { return nil }
        if abs(now.seconds(since: session.seen)) >= Self.useIsNotedEach {
            inBackground { [store] in try? store.note(useOfSession: digest, at: now) }
        }
        return Visitor(name: session.account.name, rights: session.account.rights, proof: .session(digest))
    }

    private func owner(
        ofVouchedSession digest: [UInt8], at provider: IdentityProvider, _ now: Timestamp
    ) throws -> Visitor? {
        guard let session = try store.vouchedSession(digest: digest), session.person.issuer == provider.issuer,
            session.lasts(at: now, longest: provider.session),
            let rights = provider.groups.rights(of: session.person.groups)
        else { return nil }
        if abs(now.seconds(since: session.seen)) >= Self.useIsNotedEach {
            inBackground { [store] in try? store.note(useOfVouchedSession: digest, at: now) }
        }
        return Visitor(
            name: session.person.name, rights: rights, proof: .session(digest), voucher: "by \(provider.host)")
    }

    /// Ends the session of this digest, whosever it is.
    ///
    /// - Parameter person: who leaves; nil where he comes in anew.
    func endSession(digest: [UInt8], by person: Person?) throws {
        try store.endSession(digest: digest, by: person, at: now())
        try store.endVouchedSession(digest: digest, by: person, at: now())
    }

    /// Whoever has the token with this SHA-256; nil where it is unknown, revoked or has expired. Reads the disk.
    func holder(of digest: [UInt8]) throws -> Visitor? {
        let now = now()
        guard let token = try store.token(digest: digest), token.expires.map({ now < $0 }) ?? true else { return nil }
        if token.usedAt.map({ abs(now.seconds(since: $0)) >= Self.useIsNotedEach }) ?? true {
            inBackground { [store] in try? store.note(use: token.name, at: now) }
        }
        return Visitor(name: "token \(token.name)", rights: token.rights, proof: .token(digest))
    }

    // MARK: Journal

    /// Notes that somebody was refused, unless there are too many of these.
    func noteRefusal(as user: String, from address: String, by way: String) {
        let now = now()
        guard let text = ledger.withLock({ $0.refusal(from: address, as: user, at: now) }) else { return }
        note(Act(at: now, .refusal, by: Person("", from: "\(way), \(address)"), text: text))
    }

    /// Notes that somebody came in who shows a password with each request; once a visit.
    func noteVisit(of user: String, from address: String, by way: String) {
        let now = now()
        guard ledger.withLock({ $0.begins(user, from: address, at: now) }) else { return }
        note(Act(at: now, .login, by: Person(user, from: "\(way), \(address)")))
    }

    private func note(_ act: Act) { inBackground { [store] in try? store.add(act) } }

    /// Nobody waits at the door for a slow disk.
    private func inBackground(_ work: @escaping @Sendable () -> Void) {
        Task(executorPreference: threads) { work() }
    }
}
