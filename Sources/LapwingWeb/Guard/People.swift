import Foundation
package import LapwingCore
import LapwingCrypto
package import LapwingStore
import Logging
import Synchronization

/// The accounts, sessions and tokens of the store, and the journal entries about log-ins.
package final class People: Sendable {
    /// Seconds between two updates of the time at which a token was last used.
    private static let useIsNotedEach: Int64 = 60
    /// The prefix of Lapwing's tokens, by which secret scanners recognise them.
    static let mark = "lapwing_"

    let store: Store
    let now: @Sendable () -> Timestamp
    let pool: LoginPool
    /// Log-ins at a provider that are in progress; they survive a reload.
    let pending = PendingLogins()
    /// The executor for work that reads the disk.
    let threads: any TaskExecutor
    private let ledger = Mutex(LoginLedger())
    private let accounts = Atomic(false)

    /// - Parameters:
    ///   - now: the wall clock.
    ///   - threads: an executor whose threads may block on the disk; nil for the one of the listener.
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

    /// Whether there are accounts, in which case pages require a log-in.
    var hasAccounts: Bool { accounts.load(ordering: .relaxed) }

    /// Updates ``hasAccounts``; a read error leaves it unchanged.
    private func look() {
        if let has = try? store.hasAccounts() { accounts.store(has, ordering: .relaxed) }
    }

    /// Updates ``hasAccounts`` every second until the task is cancelled.
    func follow() async {
        while (try? await Task.sleep(for: .seconds(1))) != nil {
            try? await threads.run { [self] in look() }
        }
    }

    // MARK: Sessions

    /// A hash that matches no password.
    static let nobodysHash = "$2b$12$lapwinglapwinglapwinge000000000000000000000000000000"

    /// A new session number for the browser, and the digest that is stored.
    static func freshSession() -> (number: String, digest: [UInt8]) {
        let number = Hexadecimal.text((0..<32).map { _ in UInt8.random(in: 0...255) })
        return (number, MessageDigest.sha256.of(Array(number.utf8)))
    }

    /// Returns the owner of a session; nil if it is unknown or has expired. Reads the disk.
    ///
    /// - Parameter provider: the provider that vouches for people without an account, with the current rights of their
    ///   groups.
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

    /// Ends the session with this digest, regardless of its owner.
    ///
    /// - Parameter person: the user who logs out; nil for a new log-in.
    func endSession(digest: [UInt8], by person: Person?) throws {
        try store.endSession(digest: digest, by: person, at: now())
        try store.endVouchedSession(digest: digest, by: person, at: now())
    }

    /// Returns the holder of the token with this SHA-256; nil if it is unknown, revoked or expired. Reads the disk.
    func holder(of digest: [UInt8]) throws -> Visitor? {
        let now = now()
        guard let token = try store.token(digest: digest), token.expires.map({ now < $0 }) ?? true else { return nil }
        if token.usedAt.map({ abs(now.seconds(since: $0)) >= Self.useIsNotedEach }) ?? true {
            inBackground { [store] in try? store.note(use: token.name, at: now) }
        }
        return Visitor(name: "token \(token.name)", rights: token.rights, proof: .token(digest))
    }

    // MARK: Journal

    /// Notes a refusal in the journal, unless there are too many.
    func noteRefusal(as user: String, from address: String, by way: String) {
        let now = now()
        guard let text = ledger.withLock({ $0.refusal(from: address, as: user, at: now) }) else { return }
        note(Act(at: now, .refusal, by: Person("", from: "\(way), \(address)"), text: text))
    }

    /// Notes the visit of a user who sends a password with each request; once per visit.
    func noteVisit(of user: String, from address: String, by way: String) {
        let now = now()
        guard ledger.withLock({ $0.begins(user, from: address, at: now) }) else { return }
        note(Act(at: now, .login, by: Person(user, from: "\(way), \(address)")))
    }

    private func note(_ act: Act) { inBackground { [store] in try? store.add(act) } }

    /// Runs work in the background, so that no request waits for a slow disk.
    private func inBackground(_ work: @escaping @Sendable () -> Void) {
        Task(executorPreference: threads) { work() }
    }
}
