package import AsyncHTTPClient
package import DNSWire
package import NIOHTTP1

/// The HTTP client for all outgoing requests: a request reaches only its intended host.
package enum OutgoingHTTP {
    /// Connections to one host: as many as there may be channels at one service, so that hanging requests take no
    /// connection from others.
    private static let mostConnections = 256

    /// Longer redirect addresses are cut in messages.
    private static let longestShown = 200

    /// The settings that all clients share.
    ///
    /// Redirects are not followed; a caller that wants to follow one checks its address first. A refused connection or
    /// certificate is a definite result: retrying until the time is up would hide the reason.
    package static var configuration: HTTPClient.Configuration {
        var configuration = HTTPClient.Configuration()
        configuration.redirectConfiguration = .disallow
        configuration.connectionPool.retryConnectionEstablishment = false
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = mostConnections
        return configuration
    }

    /// Returns a client that follows no redirects; the caller must shut it down.
    package static func client() -> HTTPClient {
        HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    }

    /// Runs `body` with a client that connects to `host` at this address only; the certificate must still be the
    /// host's.
    ///
    /// The name is thus resolved only once, and the connection uses the result.
    package static func withClient<Value>(
        for host: String, at address: IPAddress, _ configuration: HTTPClient.Configuration,
        _ body: (HTTPClient) async throws -> Value
    ) async throws -> Value {
        var configuration = configuration
        if IPAddress(host) == nil { configuration.dnsOverride = [host: "\(address)"] }
        let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
        // A connection may take seconds to close if the peer continues to send; the caller does not wait for that.
        defer { Task { try? await client.shutdown() } }
        return try await body(client)
    }

    /// Runs `body` with a client that uses a proxy.
    package static func withClient<Value>(
        through proxy: OutgoingProxy, _ configuration: HTTPClient.Configuration,
        _ body: (HTTPClient) async throws -> Value
    ) async throws -> Value {
        var configuration = configuration
        configuration.proxy = proxy.setting
        let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
        defer { Task { try? await client.shutdown() } }
        return try await body(client)
    }

    /// Returns the message for a redirect that is not followed; nil for other responses.
    package static func refusal(status: Int, headers: HTTPHeaders, by who: String) -> String? {
        guard (300..<400).contains(status), status != 304 else { return nil }
        let location = headers.first(name: "Location") ?? ""
        let shown = location.unicodeScalars.prefix(longestShown).map { scalar in
            (0x21...0x7E).contains(scalar.value) ? String(scalar) : "?"
        }.joined()
        return "\(who) redirects" + (shown.isEmpty ? "" : " to \(shown)") + " (HTTP \(status))"
    }
}
