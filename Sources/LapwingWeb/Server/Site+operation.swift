import HTTPTypes
import Hummingbird
import LapwingCore
import LapwingStore
import NIOCore

extension Site {
    /// Endpoints for those who run it, as Prometheus and its exporters have them.
    static let operationRoutes: [Route] = [
        Route(.get, "/-/healthy") { _, _ in WebAnswer.text("Healthy") },
        Route(.get, "/-/ready") { site, _ in
            guard (try? site.sources.store.incidents(limit: 1)) != nil else {
                throw Failure(.serviceUnavailable, "The store cannot be read.")
            }
            return WebAnswer.text("Ready")
        },
        Route(.post, "/-/reload") { site, _ in
            do {
                try await site.sources.reload?()
                return Response(status: .ok)
            } catch {
                return WebAnswer.text("failed to reload config: \(error)\n", status: .internalServerError)
            }
        },
        Route(.get, "/-/reload") { _, _ in
            WebAnswer.text("This endpoint requires a POST request.\n", status: .methodNotAllowed)
        },
        Route(.get, "/metrics") { site, request in
            // OpenMetrics only where it is asked for by name.
            let isOpen = (request.headers[.accept] ?? "").contains("application/openmetrics-text")
            let page = MetricsPage(
                content: site.board.content(), version: site.sources.version, listeners: site.hub.listeners,
                hasProbe: site.sources.probe != nil)
            return WebAnswer.text(
                page.families.text(isOpen: isOpen),
                type: isOpen
                    ? "application/openmetrics-text; version=1.0.0; charset=utf-8"
                    : "text/plain; version=0.0.4; charset=utf-8")
        },
        Route(.get, "/probe") { try await $0.probe($1) },
        Route(.post, "/probe") { try await $0.probe($1) },
        Route(.put, "/probe") { try await $0.probe($1) },
        Route(.get, "/config") { site, _ in
            guard let probe = site.sources.probe else { throw Failure.missing("configuration of /probe") }
            return answer(probe.configuration())
        },
        Route(.get, "/logs") { site, request in
            guard let probe = site.sources.probe else { throw Failure.missing("probe") }
            return answer(probe.logs(request.parameters))
        },
    ]

    private func probe(_ request: WebRequest) async throws -> Response {
        guard let probe = sources.probe else {
            throw Failure(.notFound, "No modules are configured: name a blackbox.yml in lapwing.yml.")
        }
        return Self.answer(await probe.probe(request.parameters, request.headers[.scrapeTimeout]))
    }

    private static func answer(_ answer: ProbeEndpoints.Answer) -> Response {
        var headers = HTTPFields()
        if let type = answer.contentType { headers[.contentType] = type }
        return Response(
            status: .init(code: answer.status), headers: headers,
            body: .init(byteBuffer: ByteBuffer(string: answer.body)))
    }
}
