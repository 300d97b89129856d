import DNSWire
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import LapwingCore
import LapwingStore
import LapwingWeb
import Logging
import NIOCore
import Testing

@Suite("The calendar")
struct CalendarTests {
    private static let now = Timestamp(seconds: 1_780_000_000)

    /// The lines of the calendar for two domains, of which one is in the middle of a rollover.
    private static func lines(_ steps: [RolloverStep], query: String = "") async throws -> [String] {
        let names = try ["shop.example.", "mail.example."].map { try Name($0) }
        let watched = names.map { WatchedDomain(watch: Watch(domain: $0, sets: []), isFromFile: true) }
        let sources = WebSources(
            store: try Store(), figures: { LiveFigures() }, watches: { watched },
            glances: { names in (names.map { _ in nil }, 0) }, changedGlances: { _ in ([], 0) },
            domain: { name in
                var domain = LiveFigures.Domain(checkedAt: now, condition: .healthy, learntAt: now, open: [])
                if name == names[0] { domain.steps = steps }
                return domain
            }, now: { now }, version: "1")
        let log = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let configuration = WebConfiguration(host: "127.0.0.1", port: 0, isLoopback: true)
        let access = AccessControl(try Access(configuration), log: log)
        let server = WebServer(configuration: configuration, access: access, sources: sources, log: log)
        let text = try await server.application.test(.router) { client in
            let answer = try await client.execute(uri: "/calendar.ics" + query, method: .get)
            return String(buffer: answer.body)
        }
        return text.replacing("\r\n ", with: "").split(separator: "\r\n").map(String.init)
    }

    struct Case: Sendable, CustomTestStringConvertible {
        var kind: RolloverStep.Kind
        var identifier: String
        var summary: String
        var testDescription: String { kind.rawValue }
    }

    static let cases = [
        Case(
            kind: .publishDS, identifier: "shop.example-publish-ds-4711-13@lapwing",
            summary: "shop.example: the DS of key 4711 can be published"),
        Case(
            kind: .useKey, identifier: "shop.example-use-key-4711-13@lapwing",
            summary: "shop.example: key 4711 can sign"),
        Case(
            kind: .removeDS, identifier: "shop.example-remove-ds-4711-13@lapwing",
            summary: "shop.example: the DS of key 4711 can be removed"),
        Case(
            kind: .removeKey, identifier: "shop.example-remove-key-4711-13@lapwing",
            summary: "shop.example: key 4711 can be removed"),
    ]

    @Test("has each step at its moment, with an alarm", arguments: cases) func step(_ example: Case) async throws {
        let at = Timestamp(seconds: 1_780_003_661)
        let step = RolloverStep(example.kind, .init(tag: 4711, algorithm: 13), at: at)
        let lines = try await Self.lines([step])
        let start = try #require(lines.firstIndex(of: "UID:\(example.identifier)"))
        let event = lines[start...].prefix { $0 != "END:VEVENT" }
        #expect(event.contains("SUMMARY:\(example.summary)"))
        #expect(event.contains("DTSTART:20260528T212741Z") && event.contains("DTEND:20260528T215741Z"), "\(event)")
        #expect(event.contains("TRIGGER:PT0S"))
        #expect(event.contains { $0.hasPrefix("URL:") && $0.hasSuffix("/domains/shop.example") })
        // A moment that moves leaves the identifier as it is.
        let later = RolloverStep(example.kind, step.key, at: at.adding(seconds: 3600))
        let moved = try await Self.lines([later])
        #expect(moved.contains("UID:\(example.identifier)") && moved.contains("DTSTART:20260528T222741Z"))
    }

    @Test("has none of what is not ahead, and of other domains") func none() async throws {
        let step = RolloverStep(.useKey, .init(tag: 1, algorithm: 13), at: Self.now)
        #expect(try await !Self.lines([]).contains("BEGIN:VEVENT"))
        #expect(try await !Self.lines([step], query: "?domain=mail.example").contains("BEGIN:VEVENT"))
        #expect(try await Self.lines([step], query: "?domain=shop.example").contains("BEGIN:VEVENT"))
    }
}
