package import AsyncHTTPClient
package import DNSWire
package import NIOHTTP1

/// How Lapwing speaks HTTP to others: a request goes where it was meant to go, and nowhere else.
package enum OutgoingHTTP {
    /// Connections to one host at a time: as many as there may be channels at one service, so that those whose requests
    /// hang take no connection from the others.
    private static let mostConnections = 256

    /// Longer addresses of redirects are cut where they are reported.
    private static let longestShown = 200

    /// The settings that all clients share.
    ///
    /// No redirect is followed, whoever wants to follow one checks its address first. A refused connection or
    /// certificate is an answer: to try again until time is up would hide the reason.
    package static var configuration: HTTPClient.Configuration {
        var configuration = HTTPClient.Configuration()
        configuration.redirectConfiguration = .disallow
        configuration.connectionPool.retryConnectionEstablishment = false
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = mostConnections
        return configuration
    }

    /// A client that follows no redirect; whoever makes it shuts it down.
    package static func client() -> HTTPClient {
        HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    }

    /// Runs `body` with a client that reaches `host` at this address only; the certificate still has to be the host's.
    ///
    /// A name is so looked up once, and what was found is what is connected to.
    package static func withClient<Value>(
        for host: String, at address: IPAddress, _ configuration: HTTPClient.Configuration,
        _ body: (HTTPClient) async throws -> Value
    ) async throws -> Value {
        var configuration = configuration
        if IPAddress(host) == nil { configuration.dnsOverride = [host: "\(address)"] }
        let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
        // A connection may take seconds to close where the other side goes on sending; nobody waits for that.
        defer { Task { try? await client.shutdown() } }
        return try await body(client)
    }

    /// Runs `body` with a client that goes through a proxy.
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

    /// Why an answer that is a redirect is not followed; nil for other answers.
    package static func refusal(status: Int, headers: HTTPHeaders, by who: String) -> String? {
        guard (300..<400).contains(status), status != 304 else { return nil }
        let location = headers.first(name: "Location") ?? ""
        let shown = location.unicodeScalars.prefix(longestShown).map { scalar in
            (0x21...0x7E).contains(scalar.value) ? String(scalar) : "?"
        }.joined()
        return "\(who) redirects" + (shown.isEmpty ? "" : " to \(shown)") + " (HTTP \(status))"
    }
}
