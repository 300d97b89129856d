package import HTTPTypes
package import Hummingbird
import HummingbirdCore
package import Logging
import NIOCore
import ServiceLifecycle

/// Serves the pages, the API, `/metrics` and `/probe` on one listener until it is shut down.
package struct WebServer: Service {
    private static let longestSilence = TimeAmount.seconds(120)
    /// Connections that wait to be accepted; a client that finds no place there retries after a second.
    private static let mostWaiting = 1024

    private let configuration: WebConfiguration
    private let responder: WebResponder
    private let hub: EventHub
    private let access: AccessControl
    private let admission: Admission
    private let threads: any TaskExecutor
    private let log: Logger
    /// Called when the listener is bound to its port.
    package var onListening: @Sendable () -> Void = {}

    /// - Parameters:
    ///   - configuration: the settings that stay fixed while the server runs.
    ///   - access: the rules that may be replaced meanwhile. If they admit other people, streams and connections end.
    ///   - threads: an executor whose threads may block on the disk; nil for the one that all listeners of the process
    ///     share.
    package init(
        configuration: WebConfiguration, access: AccessControl, sources: WebSources, log: Logger,
        templates: Templates = .own, threads: (any TaskExecutor)? = nil
    ) {
        let threads = threads ?? DiskThreads.shared
        let board = BoardIndex(sources: sources)
        let limits = Admission.Limits(most: configuration.mostConnections)
        let hub = EventHub(
            sources: sources, board: board, mostListeners: limits.most * 2 / 3,
            mostOfOneClient: limits.mostOfOneAddress, log: log)
        let admission = Admission(limits)
        let site = Site(
            sources: sources, board: board, hub: hub, limiter: CheckLimiter(), templates: templates, log: log)
        responder = WebResponder(
            router: site.router(admission: admission, log: log, threads: threads), access: access,
            configuration: configuration, log: log)
        access.whenChanged {
            // Streams end, so that their clients must authenticate again.
            hub.dismiss()
            admission.retire()
        }
        self.configuration = configuration
        self.hub = hub
        self.access = access
        self.admission = admission
        self.threads = threads
        self.log = log
    }

    /// The complete application; tests call it without a socket.
    package var application: some ApplicationProtocol {
        let (access, admission) = (access, admission)
        let http = HTTP1Channel.Configuration(
            additionalChannelHandlers: [ClientPresence(), RequestClock(admission)],
            idleTimeout: Self.longestSilence,
            httpDecoderConfiguration: .init(
                maxHeaderFieldSize: 16 << 10, maxHeaderListSize: 32 << 10, maxHeaderFieldCount: 100))
        return Application(
            responder: responder,
            server: HTTPServerBuilder { responder in
                ListenerChannel(
                    base: HTTP1Channel(responder: responder, configuration: http), access: access,
                    admission: admission)
            },
            configuration: .init(
                address: .hostname(configuration.host, port: configuration.port), backlog: Self.mostWaiting),
            onServerRunning: { [onListening] _ in onListening() }, logger: log)
    }

    /// Answers a request without a connection. Not for routes whose response is an endless stream.
    package func answer(to request: PlainRequest) async -> PlainAnswer {
        var response: Response
        do {
            response = try await responder.respond(
                to: request.request, context: WebContext(from: request.peer, log: log))
        } catch {
            response = Response(status: .internalServerError)
        }
        let body = CollectedBody()
        do {
            try await response.body.write(body)
        } catch {
            response.status = .internalServerError
        }
        return PlainAnswer(
            status: response.status.code, location: response.headers[.location], body: body.text)
    }

    /// All routes.
    package static var routes: [(method: HTTPRequest.Method, path: String, takesAnyMethod: Bool)] {
        Site.routes.map { ($0.method, $0.path, $0.takesAnyMethod) }
    }

    package func run() async throws {
        let (access, threads) = (access, threads)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                // Event streams never end on their own; the server could not stop while they last.
                await withGracefulShutdownHandler {
                    try? await threads.run { await hub.run() }
                } onGracefulShutdown: {
                    hub.close()
                }
            }
            group.addTask { try await application.run() }
            let people = access.current.gate.people
            let followers = [Task { await access.followFiles() }, Task { if let people { await people.follow() } }]
            defer { for follower in followers { follower.cancel() } }
            _ = try await group.next()
            group.cancelAll()
        }
    }
}
