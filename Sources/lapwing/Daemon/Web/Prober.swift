import BlackboxProbe
import Foundation
import LapwingCore
import LapwingWeb

/// `/probe` and the related endpoints, with a module file that a reload reads again.
struct Prober: Sendable {
    let service: ProbeService
    private let path: String

    /// Throws the fault of the file; `settings` limits the parameters of clients.
    init(path: String, settings: Settings.Probe, means: DNSProbe.Means) throws {
        self.path = path
        service = ProbeService(configuration: try Self.read(path), bounds: Self.bounds(settings), means: means)
    }

    private static func bounds(_ settings: Settings.Probe) -> ProbeService.Bounds {
        var bounds = ProbeService.Bounds()
        bounds.longest = Double(settings.longest)
        bounds.mostInFlight = settings.mostInFlight
        return bounds
    }

    /// Returns the present content of the file; throws its fault.
    func read() throws -> BlackboxConfiguration { try Self.read(path) }

    /// Replaces modules and limits.
    func take(_ modules: BlackboxConfiguration, _ settings: Settings.Probe) throws {
        try service.reload { modules }
        service.take(Self.bounds(settings))
    }

    static func read(_ path: String) throws -> BlackboxConfiguration {
        guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
            throw Fault(description: "\(path): cannot read the file")
        }
        do {
            return try BlackboxConfiguration(yaml: text)
        } catch {
            throw Fault(description: "\(path): \(error)")
        }
    }

    private struct Fault: Error, CustomStringConvertible {
        var description: String
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
