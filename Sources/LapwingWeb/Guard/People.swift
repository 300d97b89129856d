import Foundation
package import LapwingCore
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
    private let ledger = Mutex(LoginLedger())

    /// - Parameter now: the wall clock.
    package init(_ store: Store, now: @escaping @Sendable () -> Timestamp) {
        self.store = store
        self.now = now
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

    /// Whether somebody may go on listening who came in a while ago. Reads the disk; where that fails he may.
    func isGood(_ visitor: Visitor) -> Bool {
        switch visitor.proof {
        case .nothing, .configured: return true
        case .token(let digest):
            do {
                return try holder(of: digest)?.rights == visitor.rights
            } catch {
                return true
            }
        }
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
        Task(executorPreference: DiskThreads.shared) { work() }
    }
}
