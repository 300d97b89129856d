package import AsyncHTTPClient
import DNSWire
import Foundation

/// A proxy through which others are spoken to (RFC 9110 sections 3.7 and 9.3.6).
///
/// The proxy looks host names up, so what they mean cannot be checked here: whom it lets us reach is its business.
package struct OutgoingProxy: Sendable, Hashable {
    /// A name or an address.
    package var host: String
    /// Its TCP port.
    package var port: Int
    /// For the proxy; nil where it wants none.
    package var user: String?
    /// Goes with ``user``.
    package var password: String?
    /// Hosts that are spoken to directly: names, names behind a dot for all below them, addresses.
    package var exceptions: [String]

    package init(host: String, port: Int, user: String? = nil, password: String? = nil, exceptions: [String] = []) {
        self.host = host
        self.port = port
        self.user = user
        self.password = password
        self.exceptions = exceptions
    }

    /// Whether a host is spoken to through the proxy; this machine itself never is.
    package func serves(_ host: String) -> Bool {
        let host = host.lowercased().trimmingSuffix(".")
        if host == "localhost" || IPAddress(host)?.isLoopback == true { return false }
        return !exceptions.contains { exception in
            let exception = exception.lowercased().trimmingSuffix(".")
            if exception.hasPrefix(".") { return host.hasSuffix(exception) || host == exception.dropFirst() }
            if let one = IPAddress(host), let other = IPAddress(exception) { return one == other }
            return host == exception
        }
    }

    /// The same as a setting of the HTTP client.
    package var setting: HTTPClient.Configuration.Proxy {
        let authorization = user.map { HTTPClient.Authorization.basic(username: $0, password: password ?? "") }
        return .server(host: host, port: port, authorization: authorization)
    }
}

extension String {
    fileprivate func trimmingSuffix(_ mark: String) -> String { hasSuffix(mark) ? String(dropLast(mark.count)) : self }
}

/// The clients of one program: one that goes directly, and one that goes through the proxy where there is one.
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

    /// The client that goes the way that the configuration wants for this URL.
    package func client(for url: String) -> HTTPClient {
        guard let proxied, let proxy, let host = URL(string: url)?.host(), proxy.serves(host) else { return direct }
        return proxied
    }

    /// Closes all connections; requests that are under way fail.
    package func shutdown() async throws {
        try await proxied?.shutdown()
        try await direct.shutdown()
    }
}
