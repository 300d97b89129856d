import Foundation
import HTTPTypes
import Hummingbird
import LapwingCore
import LapwingStore
import NIOCore

extension Site {
    /// Endpoints for operators, compatible with Prometheus and its exporters.
    static let operationRoutes: [Route] = [
        // The exporter answers these with any method, so any method is accepted here.
        Route(.get, "/-/healthy", .linked, anyMethod: true, readsStore: false) { _, _ in WebAnswer.text("Healthy") },
        Route(.get, "/-/ready", .linked) { site, _ in
            guard (try? site.sources.store.incidents(limit: 1)) != nil else {
                throw Failure(.serviceUnavailable, "The store cannot be read.")
            }
            if let trouble = site.sources.store.trouble {
                throw Failure(
                    .serviceUnavailable,
                    "The store cannot be written since \(trouble.since): \(trouble.reason). "
                        + trouble.consequence)
            }
            return WebAnswer.text("Ready")
        },
        Route(.post, "/-/reload", isOfAll: true) { site, request in
            do {
                try await site.sources.reload?(request.person())
                return Response(status: .ok)
            } catch {
                return WebAnswer.text("failed to reload config: \(error)\n", status: .internalServerError)
            }
        },
        Route(.get, "/-/reload", anyMethod: true) { _, _ in
            WebAnswer.text("This endpoint requires a POST request.\n", status: .methodNotAllowed)
        },
        Route(.get, "/metrics", .linked, isOfAll: true) { site, request in
            // OpenMetrics only if the client asks for it by name.
            let isOpen = (request.headers[.accept] ?? "").contains("application/openmetrics-text")
            var content = site.board.content()
            // The figures of this moment: operators check here whether a reload worked.
            content.figures = site.sources.figures()
            let page = MetricsPage(
                content: content, version: site.sources.version, listeners: site.hub.listeners,
                hasProbe: site.sources.probe != nil)
            return WebAnswer.text(
                page.families.text(isOpen: isOpen),
                type: isOpen
                    ? "application/openmetrics-text; version=1.0.0; charset=utf-8"
                    : "text/plain; version=0.0.4; charset=utf-8")
        },
        Route(.get, "/probe", for: .act, anyMethod: true) { try await $0.probe($1) },
        Route(.get, "/config", for: .run, isOfAll: true, anyMethod: true) { site, _ in
            guard let probe = site.sources.probe else { throw Failure.missing("configuration of /probe") }
            return answer(probe.configuration())
        },
        Route(.get, "/logs", for: .run, isOfAll: true, anyMethod: true) { site, request in
            guard let probe = site.sources.probe else { throw Failure.missing("probe") }
            return answer(probe.logs(request.probeParameters))
        },
    ]

    private func probe(_ request: WebRequest) async throws -> Response {
        guard let probe = sources.probe else {
            throw Failure(.notFound, "No modules are configured: name a blackbox.yml in lapwing.yml.")
        }
        return try await request.whileClientWaits {
            Self.answer(await probe.probe(request.probeParameters, request.headers[.scrapeTimeout]))
        }
    }

    private static func answer(_ answer: ProbeEndpoints.Answer) -> Response {
        var headers = HTTPFields()
        if let type = answer.contentType { headers[.contentType] = type }
        return Response(
            status: .init(code: answer.status), headers: headers,
            body: .init(byteBuffer: ByteBuffer(string: answer.body)))
    }
}

extension WebRequest {
    /// The parameters of the query as the exporter parses them: anything that is not a pair is dropped, and so is a
    /// pair that contains a `;`. A `#` is part of a value like any other character.
    var probeParameters: ProbeEndpoints.Parameters {
        Self.pairs(String((request.head.path ?? "").drop { $0 != "?" }.dropFirst()))
    }

    private static func pairs(_ text: String) -> ProbeEndpoints.Parameters {
        func decoded(_ text: Substring) -> String? { text.replacing("+", with: " ").removingPercentEncoding }
        return text.split(separator: "&").prefix(200).filter { !$0.contains(";") }.compactMap { part in
            let pair = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = decoded(pair[0]) else { return nil }
            return pair.count > 1 ? decoded(pair[1]).map { (name, $0) } : (name, "")
        }
    }
}
