import LapwingCore
import LapwingSimulation
import LapwingStore
import ServiceLifecycle

/// Prints the events of the demonstration's world, and Lapwing's messages about them.
struct DemoNarrator: Service {
    let epoch: Timestamp
    let stage: DemoStage
    let clock: DemoClock
    let store: Store
    let usesColor: Bool
    /// Whether to print each event as a line of JSON instead of text.
    let isJSON: Bool

    func run() async throws {
        await cancelWhenGracefulShutdown {
            var place: Int64 = 0
            var told = 0
            while !Task.isCancelled {
                // An event may be noticed late, and may have begun before later events of the world.
                var news: [(at: Timestamp, lines: [String])] = []
                let moments = stage.moments
                while told < moments.count, Int64(moments[told].minute) * 60_000 <= clock.elapsed {
                    news.append(lines(of: moments[told]))
                    told += 1
                }
                for (next, event) in (try? store.events(after: place)) ?? [] {
                    place = next
                    news.append(lines(of: event))
                }
                for line in news.sorted(by: { $0.at < $1.at }).flatMap(\.lines) { StandardOutput.print(line) }
                guard (try? await Task.sleep(for: .milliseconds(200))) != nil else { return }
            }
        }
    }

    /// An event of the world or a message of Lapwing, as JSON.
    private struct Line: Encodable {
        var at: String
        var from: String
        var domain: String
        var event: String?
        var incident: String?
        var `class`: String?
        var severity: String?
        var text: String
    }

    private func json(_ line: Line) -> [String] { (try? JSONOutput.text(line, pretty: false)).map { [$0] } ?? [] }

    private func lines(of moment: DemoScript.Moment) -> (at: Timestamp, lines: [String]) {
        let at = epoch.adding(seconds: Int64(moment.minute) * 60)
        if isJSON { return (at, json(Line(at: "\(at)", from: "world", domain: moment.domain, text: moment.text))) }
        return (at, [styled("\(time(at))  world    \(moment.domain): \(moment.text)", "2")])
    }

    private func lines(of event: IncidentEvent) -> (at: Timestamp, lines: [String]) {
        if isJSON {
            let line = Line(
                at: "\(event.at)", from: "lapwing", domain: "\(event.domain)", event: event.kind.rawValue,
                incident: event.incident, class: event.incidentClass.rawValue, severity: event.severity.rawValue,
                text: event.title)
            return (event.at, json(line))
        }
        let severity = event.page ? "PAGE" : event.severity.rawValue
        let word = event.kind == .close ? "over" : severity
        let color =
            event.kind == .close
            ? "32" : event.severity == .critical ? "31;1" : event.severity == .warning ? "33" : "36"
        let padded = word + String(repeating: " ", count: max(0, 9 - word.count))
        // Events from before the story are shown as `before`.
        let moment = event.at < epoch ? "before" : time(event.at) + " "
        var lines = ["\(moment) \(styled(padded, color))\(event.incidentClass.rawValue): \(event.title)"]
        if event.kind == .open {
            for line in event.text.split(separator: "\n").dropFirst()
            where line.hasPrefix("Why:") || line.hasPrefix("Do:") {
                lines.append("                  \(line)")
            }
        }
        return (event.at, lines)
    }

    private func time(_ moment: Timestamp) -> String { String(moment.description.dropFirst(11).prefix(5)) }

    private func styled(_ text: String, _ code: String) -> String {
        usesColor ? "\u{1b}[\(code)m\(text)\u{1b}[0m" : text
    }
}
