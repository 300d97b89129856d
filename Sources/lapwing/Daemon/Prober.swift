import BlackboxProbe
import Foundation
import LapwingWeb

/// `/probe` and what belongs to it, from a module file that is read again on reload.
struct Prober: Sendable {
    let service: ProbeService
    private let path: String

    /// Throws what is wrong with the file.
    init(path: String, means: DNSProbe.Means) throws {
        self.path = path
        service = ProbeService(configuration: try Self.read(path), means: means)
    }

    /// Puts the file into force again; a bad one leaves the modules as they are.
    func reload() throws { try service.reload { try Self.read(path) } }

    private static func read(_ path: String) throws -> BlackboxConfiguration {
        try BlackboxConfiguration(yaml: try String(contentsOfFile: path, encoding: .utf8))
    }

    var endpoints: ProbeEndpoints {
        let service = service
        return ProbeEndpoints(
            probe: { parameters, timeout in
                Self.answer(await service.probe(ProbeRequest(parameters: parameters, scrapeTimeout: timeout)))
            },
            configuration: { Self.answer(service.configurationText) },
            logs: { parameters in
                func first(_ name: String) -> String? { parameters.first { $0.name == name }?.value }
                return Self.answer(service.logs(id: first("id"), target: first("target"), module: first("module")))
            })
    }

    private static func answer(_ answer: ProbeAnswer) -> ProbeEndpoints.Answer {
        ProbeEndpoints.Answer(
            status: answer.status, contentType: answer.contentType, body: answer.body, isError: answer.isError)
    }
}
