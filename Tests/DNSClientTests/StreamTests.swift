import DNSClient
import DNSWire
import Foundation
import Testing

/// Questions over TCP to servers that treat their streams badly.
@Suite struct StreamTests {
    static func ask(
        timeout: Duration = .seconds(3), _ script: @escaping ScriptedServer.Script
    ) async throws -> ExchangeRecord {
        try await DatagramTests.ask(timeout: timeout, change: { $0.transport = .tcp }, script)
    }

    @Test func soundAnswer() async throws {
        let record = try await Self.ask { $0.usual }
        #expect(record.message?.answers.count == 1)
        #expect(record.attempts.map(\.transport) == [.tcp])
    }

    @Test("one byte at a time")
    func bytewise() async throws {
        let record = try await Self.ask { query in
            query.framed(query.reply()).flatMap { [.send([$0]), .wait(milliseconds: 2)] }
        }
        #expect(record.message?.answers.count == 1)
    }

    @Test("a stream that closes without a byte")
    func empty() async throws {
        let record = try await Self.ask { _ in [.close] }
        #expect(record.failure == .closed)
        #expect(record.attempts.count == 3)
    }

    @Test("a stream that closes in the middle of a message")
    func cut() async throws {
        let record = try await Self.ask { query in [.send(query.framed(query.reply()).dropLast(9)), .close] }
        guard case .malformed = record.failure else {
            Issue.record("\(String(describing: record.failure))")
            return
        }
    }

    @Test("a stream that says nothing ends at the deadline")
    func silence() async throws {
        let record = try await Self.ask(timeout: .milliseconds(600)) { _ in [] }
        #expect(record.failure == .timeout)
    }

    @Test("replies to nobody are passed over; an unreadable one is told")
    func impostors() async throws {
        let record = try await Self.ask { query in
            [
                .send(query.framed([])), .send(query.framed([1])),
                .send(query.framed(query.reply("192.0.2.66") { $0.id &+= 1 })),
                .send(query.framed(query.reply("192.0.2.66") { $0.questions[0].type = .mx })),
            ] + query.usual
        }
        #expect(record.message?.answers.first?.data.text == "192.0.2.1")
        let unreadable = try await Self.ask { query in [.send(query.framed(query.reply() + [0]))] }
        #expect(unreadable.failure.map { if case .malformed = $0 { true } else { false } } == true)
    }

    @Test("replies out of order reach their questions, over one stream")
    func outOfOrder() async throws {
        let server = try ScriptedServer { query in
            // The first reply waits behind the second: both questions are on the way by then.
            query.number == 0 ? [.wait(milliseconds: 200)] + query.usual : query.usual
        }
        defer { server.stop() }
        let client = DNSClient()
        var options = QueryOptions()
        options.transport = .tcp
        await withTaskGroup(of: Bool.self) { group in
            for number in 0..<20 {
                group.addTask { [options] in
                    guard let name = try? Name("n\(number).test") else { return false }
                    let record = await client.query(name, .a, at: server.address, options: options)
                    return record.message?.questions.first?.name == name
                }
            }
            for await isRight in group { #expect(isRight) }
        }
        await client.shutdown()
        #expect(server.queries == 20)
    }

    @Test("a connection closed after each reply is opened anew, unnoticed")
    func closing() async throws {
        let server = try ScriptedServer { $0.usual + [.close] }
        defer { server.stop() }
        let client = DNSClient()
        var options = QueryOptions()
        options.transport = .tcp
        for _ in 0..<5 {
            let record = await client.query(try Name("a.test"), .a, at: server.address, options: options)
            #expect(record.message != nil)
        }
        await client.shutdown()
    }

    @Test("TLS to a server that speaks none fails as TLS, in time")
    func noTLS() async throws {
        let server = try ScriptedServer { _ in [.send(Array("no TLS here, sorry".utf8)), .close] }
        defer { server.stop() }
        var address = server.address
        address.transport = .tls
        let client = DNSClient()
        var options = QueryOptions()
        options.timeout = .milliseconds(1500)
        let record = await client.query(try Name("a.test"), .a, at: address, options: options)
        await client.shutdown()
        let failure = try #require(record.failure)
        #expect(["tls", "closed", "timeout"].contains(failure.code))
    }
}
