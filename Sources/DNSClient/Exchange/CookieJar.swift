import DNSWire
import Synchronization

/// The DNS cookies exchanged with servers (RFC 7873): eight bytes of ours for each, and what the server gave.
final class CookieJar: Sendable {
    private struct Known {
        var client: [UInt8]
        var server: [UInt8] = []
    }

    /// Beyond this many servers the jar is emptied; a server then gives a new cookie.
    private static let limit = 8192
    private let cookies = Mutex<[IPAddress: Known]>([:])

    /// What to send to a server: our cookie, and its own when it gave one.
    func cookie(for address: IPAddress) -> [UInt8] {
        cookies.withLock { cookies in
            if let known = cookies[address] { return known.client + known.server }
            if cookies.count >= Self.limit { cookies.removeAll() }
            var generator = SystemRandomNumberGenerator()
            let client = (0..<8).map { _ in UInt8.random(in: 0...255, using: &generator) }
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
            return true
        }
    }
}
