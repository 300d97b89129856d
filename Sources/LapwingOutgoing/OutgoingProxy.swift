package import AsyncHTTPClient
import DNSWire
import Foundation

/// A proxy for outgoing connections (RFC 9110 sections 3.7 and 9.3.6).
///
/// The proxy resolves host names, so their addresses cannot be checked here: the proxy decides what can be reached.
package struct OutgoingProxy: Sendable, Hashable {
    /// A name or an address.
    package var host: String
    /// Its TCP port.
    package var port: Int
    /// The user name for the proxy; nil if none is required.
    package var user: String?
    /// The password of ``user``; nil for none.
    package var password: String?
    /// Hosts with direct connections: names, names with a leading dot for all names below them, addresses.
    package var exceptions: [String]

    package init(host: String, port: Int, user: String? = nil, password: String? = nil, exceptions: [String] = []) {
        self.host = host
        self.port = port
        self.user = user
        self.password = password
        self.exceptions = exceptions
    }

    /// Whether connections to a host use the proxy; those to this machine never do.
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

    /// The proxy as a setting of the HTTP client.
    package var setting: HTTPClient.Configuration.Proxy {
        let authorization = user.map { HTTPClient.Authorization.basic(username: $0, password: password ?? "") }
        return .server(host: host, port: port, authorization: authorization)
    }
}

extension String {
    fileprivate func trimmingSuffix(_ mark: String) -> String { hasSuffix(mark) ? String(dropLast(mark.count)) : self }
}
