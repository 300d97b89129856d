import DNSWire
import Synchronization

/// The DNS cookies for each server (RFC 7873): a client cookie of eight bytes, and the server's cookie.
final class CookieJar: Sendable {
    private struct Known {
        var client: [UInt8]
        var server: [UInt8] = []
        /// The number of replies without a cookie since the last one with it.
        var missing = 0
    }

    /// After this many replies without a cookie, a server that gave one before is assumed not to support cookies any
    /// more.
    private static let patience = 16

    /// The largest number of servers; beyond it the jar is emptied, and servers give new cookies.
    private static let limit = 8192
    private let cookies = Mutex<[IPAddress: Known]>([:])
    private let random: @Sendable () -> UInt64

    /// - Parameter random: draws the client cookie.
    init(random: @escaping @Sendable () -> UInt64 = PlayedNetwork.systemRandom) { self.random = random }

    /// Returns the cookie to send to a server: the client cookie, followed by the server cookie if it is known.
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

    /// Stores the cookie of a reply; false if the reply has another client cookie, and is therefore not trusted.
    func accepts(_ cookie: Cookie, from address: IPAddress) -> Bool {
        cookies.withLock { cookies in
            guard let known = cookies[address] else { return true }
            guard cookie.client == known.client else { return false }
            if !cookie.server.isEmpty { cookies[address]?.server = cookie.server }
            cookies[address]?.missing = 0
            return true
        }
    }

    /// Records a reply without a cookie to a question with one.
    ///
    /// - Returns: whether the server is known to send its cookie with each reply, so that this reply may be forged (RFC
    ///   7873, section 5.3).
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
