package import AsyncHTTPClient
import DNSWire
import Foundation

/// The clients of one program: one for direct connections, and one for the proxy if there is one.
package final class OutgoingClients: Sendable {
    private let direct: HTTPClient
    private let proxied: HTTPClient?
    private let proxy: OutgoingProxy?

    package init(through proxy: OutgoingProxy? = nil) {
        self.proxy = proxy
        direct = OutgoingHTTP.client()
        proxied = proxy.map { proxy in
            var configuration = OutgoingHTTP.configuration
            configuration.proxy = proxy.setting
            return HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
        }
    }

    /// Returns the client for this URL according to the configuration.
    package func client(for url: String) -> HTTPClient {
        guard let proxied, let proxy, let host = URL(string: url)?.host(), proxy.serves(host) else { return direct }
        return proxied
    }

    /// Closes all connections; requests in progress fail.
    package func shutdown() async throws {
        try await proxied?.shutdown()
        try await direct.shutdown()
    }
}
