import DNSWire
import Synchronization
import Testing

import DNSClient

/// Several questions of one caller, put together.
@Suite struct BatchTests {
    private static func question(
        _ name: String, _ server: ServerAddress, timeout: Duration = .seconds(2)
    ) throws -> BatchQuestion {
        var options = QueryOptions()
        options.timeout = timeout
        return BatchQuestion(name: try Name(name), type: .a, server: server, options: options)
    }

    @Test("each question gets its own answer, whatever happens to the others")
    func outcomes() async throws {
        let sound = try ScriptedServer { $0.usual }
        let short = try ScriptedServer { $0.isStream ? $0.usual : [.send($0.reply(truncated: true))] }
        let silent = try ScriptedServer { _ in [] }
        let garbled = try ScriptedServer { query in [.send(query.reply() + [0])] }
        let lossy = try ScriptedServer { $0.number == 0 ? [] : $0.usual }
        let servers = [sound, short, silent, garbled, lossy]
        defer { servers.forEach { $0.stop() } }
        let client = DNSClient()
        var questions = try (0..<20).map { try Self.question("n\($0).test", sound.address) }
        questions += try servers.dropFirst().map { try Self.question("odd.test", $0.address, timeout: .seconds(1)) }
        let answers = await client.ask(questions)
        for (index, answer) in answers.prefix(20).enumerated() {
            guard case .answer(let summary) = answer.outcome else {
                Issue.record("question \(index): \(answer.outcome)")
                continue
            }
            #expect(summary.answerCount == 1 && answer.transport == .udp && !answer.wasTruncated)
            #expect(try Message(decoding: answer.bytes).questions.first?.name == Name("n\(index).test"))
        }
        guard case .answer(let fetched) = answers[20].outcome else { throw WireError(.truncated, at: 0) }
        #expect(fetched.answerCount == 1 && answers[20].transport == .tcp && answers[20].wasTruncated)
        guard case .failure(.timeout) = answers[21].outcome else { throw WireError(.truncated, at: 1) }
        guard case .failure(.malformed) = answers[22].outcome else { throw WireError(.truncated, at: 2) }
        guard case .answer = answers[23].outcome else { throw WireError(.truncated, at: 3) }
        await client.shutdown()
    }

    @Test("the same records have the same digests by datagram and by stream")
    func digests() async throws {
        let server = try ScriptedServer { $0.usual }
        let short = try ScriptedServer { $0.isStream ? $0.usual : [.send($0.reply(truncated: true))] }
        defer { server.stop(); short.stop() }
        let client = DNSClient()
        let answers = await client.ask([
            try Self.question("same.test", server.address), try Self.question("same.test", short.address),
        ])
        let summaries = answers.compactMap { answer in
            if case .answer(let summary) = answer.outcome { summary } else { nil }
        }
        #expect(summaries.count == 2 && summaries[0].answer == summaries[1].answer)
        await client.shutdown()
    }

    /// Servers that bring the client to put its question in another way.
    static let servers: [(title: String, script: ScriptedServer.Script)] = [
        ("as first put", { $0.usual }),
        ("without EDNS", { $0.hasEDNS ? $0.formatError : $0.usual }),
        ("for a smaller answer", { $0.number < 2 ? [] : $0.usual }),
        ("by TCP", { $0.isStream ? $0.usual : [.send($0.reply(truncated: true))] }),
        (
            "by TCP without EDNS",
            { $0.hasEDNS ? $0.formatError : $0.isStream ? $0.usual : [.send($0.reply(truncated: true))] }
        ),
    ]

    @Test("the question that is kept as evidence is the one that was sent", arguments: servers.indices)
    func evidence(place: Int) async throws {
        let received = Mutex<[[UInt8]]>([])
        let script = Self.servers[place].script
        let server = try ScriptedServer { query in
            received.withLock { $0.append(query.bytes) }
            return script(query)
        }
        defer { server.stop() }
        let client = DNSClient()
        let question = try Self.question("sent.test", server.address)
        let answer = try #require(await client.ask([question]).first)
        #expect(!answer.bytes.isEmpty)
        #expect(answer.query(question) == received.withLock { $0.last }, "\(Self.servers[place].title)")
        await client.shutdown()
    }

    @Test("an empty batch, one for streams only, and one given up")
    func edges() async throws {
        let server = try ScriptedServer { $0.isStream ? $0.usual : [] }
        defer { server.stop() }
        let client = DNSClient()
        #expect(await client.ask([]).isEmpty)
        var question = try Self.question("stream.test", server.address)
        question.options.transport = .tcp
        let answers = await client.ask([question])
        #expect(answers.map(\.transport) == [.tcp])
        let waiting = Task { try await client.ask([Self.question("wait.test", server.address, timeout: .seconds(60))]) }
        try await Task.sleep(for: .milliseconds(100))
        waiting.cancel()
        guard case .failure(.cancelled) = try await waiting.value.first?.outcome else {
            throw WireError(.truncated, at: 0)
        }
        await client.shutdown()
    }
}
