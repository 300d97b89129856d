import DNSClient
import DNSWire
import Foundation
import Testing

/// Many names through the engine, from a pipe.
@Suite struct SweepTests {
    /// Sweeps these lines over servers with these scripts.
    static func sweep(
        _ lines: [String], types: [RecordType] = [.a], change: (inout Sweep) -> Void = { _ in },
        _ scripts: ScriptedServer.Script...
    ) async throws -> SweepReport {
        let servers = try scripts.map(ScriptedServer.init)
        defer { servers.forEach { $0.stop() } }
        let pipe = Pipe()
        let text = Data((lines.joined(separator: "\n") + "\n").utf8)
        Thread.detachNewThread {
            pipe.fileHandleForWriting.write(text)
            try? pipe.fileHandleForWriting.close()
        }
        var sweep = Sweep(
            names: pipe.fileHandleForReading.fileDescriptor, types: types, servers: servers.map(\.address))
        change(&sweep)
        let client = DNSClient()
        let report = await client.sweep(sweep)
        await client.shutdown()
        return report
    }

    private static let names = (0..<500).map { "n\($0).example.test" }

    @Test("every question is put and answered once")
    func all() async throws {
        let report = try await Self.sweep(
            ["# a comment", "", "  padded.test \r", "x..y", String(repeating: "a", count: 2000), "."] + Self.names,
            types: [.a, .mx], { $0.usual })
        #expect(report.names == 502)
        #expect(report.invalidNames == 2)
        #expect(report.queries == 1004)
        #expect(report.answered == 1004)
        #expect(report.failed.isEmpty)
        #expect(!report.isCut)
    }

    @Test("losses are made up for, and counted")
    func lossy() async throws {
        let report = try await Self.sweep(Self.names, { $0.number < 500 && $0.number % 3 == 0 ? [] : $0.usual })
        #expect(report.answered == 500)
        #expect(report.retries >= 150)
    }

    @Test("what fails is counted by its kind")
    func failing() async throws {
        let report = try await Self.sweep(
            Self.names,
            change: {
                $0.options.timeout = .milliseconds(300)
                $0.options.attempts = 1
            },
            { query in
                switch (try? query.message.questions.first?.name.wire[2]).map({ Int($0) % 3 }) {
                case 0: [.send(query.reply(responseCode: .servFail))]
                case 1: []
                default: [.send(query.reply() + [0])]
                }
            })
        #expect(report.answered == 0)
        #expect(report.failed.values.reduce(0, +) == 500)
        #expect(Set(report.failed.keys) == ["servfail", "timeout", "malformed"])
    }

    @Test("answers of two servers are compared as sets")
    func comparing() async throws {
        let report = try await Self.sweep(
            Self.names, { $0.usual },
            { query in
                let isOdd = (try? query.message.questions.first?.name.wire[2]).map { $0 % 2 == 1 } == true
                return [.send(query.reply(isOdd ? "192.0.2.9" : "192.0.2.1") { $0.answers[0].ttl = 17 })]
            })
        #expect(report.answered == 1000)
        #expect(report.differing == Self.names.filter { Int($0.utf8.dropFirst().first ?? 0) % 2 == 1 }.count)
    }

    @Test("a truncated answer is fetched by TCP")
    func truncated() async throws {
        let report = try await Self.sweep(
            Array(Self.names.prefix(50)), { $0.isStream ? $0.usual : [.send($0.reply(truncated: true))] })
        #expect(report.answered == 50)
        #expect(report.retries == 50)
    }

    @Test("a rate is kept")
    func rate() async throws {
        let report = try await Self.sweep(Self.names, change: { $0.rate = 1000 }, { $0.usual })
        #expect(report.answered == 500)
        #expect(report.elapsed > .milliseconds(450))
    }

    @Test("a sweep can be cut short")
    func cut() async throws {
        let task = Task { try await Self.sweep(Self.names, change: { $0.rate = 20 }, { $0.usual }) }
        try await Task.sleep(for: .milliseconds(500))
        task.cancel()
        let report = try await task.value
        #expect(report.isCut)
        #expect(report.queries < 100)
    }
}
