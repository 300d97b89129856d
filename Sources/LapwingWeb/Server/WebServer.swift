import Hummingbird
import HummingbirdCore
import HummingbirdTLS
package import Logging
import NIOCore
import ServiceLifecycle

/// The web page, the API, `/metrics` and `/probe` on one listener, until it is told to stop.
package struct WebServer: Service {
    /// Connections beyond this wait until others end.
    private static let mostConnections = 6000
    private static let longestSilence = TimeAmount.seconds(120)

    private let configuration: WebConfiguration
    private let responder: WebResponder
    private let hub: EventHub
    private let access: AccessFile?
    private let log: Logger

    /// Throws when it may not or cannot be started as configured.
    package init(configuration: WebConfiguration, sources: WebSources, log: Logger) throws {
        let access = try configuration.accessFile.map { try AccessFile(path: $0) }
        let gate = Gate(users: access?.users ?? [:], tokens: configuration.tokens)
        if gate.isOpen && !configuration.isLoopback && !configuration.isInsecure
            && access?.requiresClientCertificate != true
        {
            throw WebFault.openToAll(host: configuration.host)
        }
        let board = BoardIndex(sources: sources)
        hub = EventHub(sources: sources, board: board, log: log)
        let site = Site(
            sources: sources, board: board, hub: hub, limiter: CheckLimiter())
        responder = WebResponder(
            site: site, gate: gate, configuration: configuration, headers: access?.headers ?? [], log: log)
        self.configuration = configuration
        self.access = access
        self.log = log
    }

    package func run() async throws {
        let plain = HTTPServerBuilder.http1(
            configuration: .init(
                idleTimeout: Self.longestSilence,
                httpDecoderConfiguration: .init(
                    maxHeaderFieldSize: 16 << 10, maxHeaderListSize: 32 << 10, maxHeaderFieldCount: 100)))
        let builder =
            try access?.tlsConfiguration().map { try HTTPServerBuilder.tls(plain, tlsConfiguration: $0) } ?? plain
        let application = Application(
            responder: responder, server: builder,
            configuration: .init(
                address: .hostname(configuration.host, port: configuration.port),
                availableConnectionsDelegate: .maximum(Self.mostConnections, logger: log)),
            logger: log)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                // Event streams never end by themselves; the server could not stop while they last.
                await withGracefulShutdownHandler {
                    await hub.run()
                } onGracefulShutdown: {
                    hub.close()
                }
            }
            group.addTask { try await application.run() }
            _ = try await group.next()
            group.cancelAll()
        }
    }
}
