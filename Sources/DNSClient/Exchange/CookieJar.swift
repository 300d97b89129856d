import DNSWire
import Synchronization

/// The DNS cookies exchanged with servers (RFC 7873): eight bytes of ours for each, and what the server gave.
final class CookieJar: Sendable {
    private struct Known {
        var client: [UInt8]
        var server: [UInt8] = []
        /// Replies without a cookie since the last one with it.
        var missing = 0
    }

    /// After so many replies without one, a server that gave a cookie is taken for one that gives none any more.
    private static let patience = 16

    /// Beyond this many servers the jar is emptied; a server then gives a new cookie.
    private static let limit = 8192
    private let cookies = Mutex<[IPAddress: Known]>([:])
    private let random: @Sendable () -> UInt64

    /// - Parameter random: draws our part of a cookie.
    init(random: @escaping @Sendable () -> UInt64 = PlayedNetwork.systemRandom) { self.random = random }

    /// What to send to a server: our cookie, and its own when it gave one.
    func cookie(for address: IPAddress) -> [UInt8] {
        cookies.withLock { cookies in
            if let known = cookies[address] { return known.client + known.server }
            if cookies.count >= Self.limit { cookies.removeAll() }
            let number = random()
            let client = (0..<8).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
            cookies[address] = Known(client: client)
            return client
        }
    }

    /// Keeps the cookie of a reply; false when the reply carries one that was not ours and so is not to be trusted.
    func accepts(_ cookie: Cookie, from address: IPAddress) -> Bool {
        cookies.withLock { cookies in
            guard let known = cookies[address] else { return true }
            guard cookie.client == known.client else { return false }
            if !cookie.server.isEmpty { cookies[address]?.server = cookie.server }
            cookies[address]?.missing = 0
            return true
        }
    }

    /// Takes note of a reply without a cookie to a question that carried one.
    ///
    /// - Returns: whether the server is known to send its cookie with each reply, so that this one may be another's
    ///   (RFC 7873, section 5.3).
    func misses(from address: IPAddress) -> Bool {
        cookies.withLock { cookies in
            guard let known = cookies[address], !known.server.isEmpty else { return false }
            cookies[address]?.missing += 1
            guard known.missing + 1 < Self.patience else {
                cookies[address]?.server = []
                return false
            }
            return true
        }
    }
}
