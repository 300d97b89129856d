import Synchronization

/// Servers of top-level domains that were learnt from referrals, as long as the process lives.
final class ReferralTable: Sendable {
    /// More than the number of existing top-level domains.
    static let limit = 4096

    private let servers = Mutex<[String: String]>([:])

    func server(of topLevelDomain: String) -> String? {
        servers.withLock { $0[topLevelDomain] }
    }

    func remember(_ server: String, of topLevelDomain: String) {
        servers.withLock { servers in
            guard servers.count < Self.limit else { return }
            servers[topLevelDomain] = server
        }
    }
}
