import DNSClient
import DNSWire
import Foundation
import Testing

/// One question over UDP to servers that behave in all the ways servers do.
@Suite struct DatagramTests {
    /// Asks a server with this script for an address.
    static func ask(
        timeout: Duration = .seconds(2), change: (inout QueryOptions) -> Void = { _ in },
        _ script: @escaping ScriptedServer.Script
    ) async throws -> ExchangeRecord {
        let server = try ScriptedServer(script)
        defer { server.stop() }
        var options = QueryOptions()
        options.timeout = timeout
        change(&options)
        let client = DNSClient()
        let record = await client.query(try Name("Www.Example.test"), .a, at: server.address, options: options)
        await client.shutdown()
        // Bounded time, with room for a machine that does other things for a minute.
        #expect(record.elapsed < timeout + .seconds(120))
        return record
    }

    private static func reasons(_ record: ExchangeRecord) -> [ExchangeRecord.Reason?] {
        record.attempts.map(\.reasonToGoOn)
    }

    @Test func soundAnswer() async throws {
        let record = try await Self.ask { $0.usual }
        #expect(record.message?.answers.first?.data.text == "192.0.2.1")
        #expect(record.attempts.count == 1)
        #expect(record.attempts.first?.transport == .udp)
        #expect(record.roundTrip != nil)
    }

    @Test("a lost question is put again", arguments: [1, 2])
    func lost(count: Int) async throws {
        let record = try await Self.ask { $0.number < count ? [] : $0.usual }
        #expect(record.message != nil)
        #expect(Self.reasons(record) == [.lost, .smaller].prefix(count) + [nil])
    }

    @Test("an answer to the first attempt counts during the second")
    func late() async throws {
        let record = try await Self.ask { query in
            query.number == 0 ? [.wait(milliseconds: 600), .send(query.reply())] : []
        }
        #expect(record.message != nil)
        #expect(record.attempts.count == 2)
    }

    @Test("silence ends at the deadline")
    func silence() async throws {
        let record = try await Self.ask(timeout: .milliseconds(700)) { _ in [] }
        #expect(record.failure == .timeout)
        #expect(record.attempts.count == 3)
        #expect(record.elapsed >= .milliseconds(700))
    }

    @Test("replies with a wrong id or question, or from elsewhere, are dropped until the right one comes")
    func impostors() async throws {
        let record = try await Self.ask { query in
            [
                .send(query.reply("192.0.2.66") { $0.id &+= 1 }),
                .send(query.reply("192.0.2.66") { $0.questions[0].type = .aaaa }),
                .send(query.reply("192.0.2.66") { $0.flags.remove(.isResponse) }),
                .sendFromElsewhere(query.reply("192.0.2.66")), .send([1, 2, 3]), .wait(milliseconds: 50),
            ] + query.usual
        }
        #expect(record.message?.answers.first?.data.text == "192.0.2.1")
        #expect(record.attempts.count == 1)
        #expect(record.ignoredReplies >= 2)
    }

    @Test("impostors alone are no answer, but counted")
    func impostorsOnly() async throws {
        let record = try await Self.ask(timeout: .milliseconds(700)) { query in
            [.send(query.reply { $0.id &+= 1 }), .sendFromElsewhere(query.reply())]
        }
        #expect(record.failure == .timeout)
        #expect(record.ignoredReplies == 3)
    }

    @Test("case: any will do, unless it was mixed on purpose")
    func letterCase() async throws {
        let lower: ScriptedServer.Script = { query in
            [.send(query.reply { $0.questions[0].name = $0.questions[0].name.folded })]
        }
        #expect(try await Self.ask(lower).message != nil)
        let mixed = try await Self.ask(timeout: .milliseconds(500), change: { $0.mixedCase = true }, lower)
        #expect(mixed.failure == .timeout)
        #expect(try await Self.ask(change: { $0.mixedCase = true }, { $0.usual }).message != nil)
    }

    @Test("a server that knows no EDNS is asked without", arguments: [true, false])
    func withoutEDNS(repeatsQuestion: Bool) async throws {
        let record = try await Self.ask { query in
            guard let message = try? query.message, message.edns != nil else { return query.usual }
            return [
                .send(
                    query.reply(responseCode: .formErr, edns: false) { if !repeatsQuestion { $0.questions = [] } })
            ]
        }
        #expect(record.message?.responseCode == .noError)
        #expect(Self.reasons(record) == [.withoutEDNS, nil])
    }

    @Test("a path that drops large datagrams gets a small question, then a stream")
    func size() async throws {
        let record = try await Self.ask(timeout: .seconds(30)) { query in
            if query.isStream { return query.usual }
            guard let size = try? query.message.edns?.udpSize, size > 512 else {
                return [.send(query.reply(truncated: true))]
            }
            return []
        }
        #expect(record.message != nil)
        #expect(record.attempts.map(\.transport) == [.udp, .udp, .udp, .tcp])
        #expect(Self.reasons(record) == [.lost, .smaller, .truncated, nil])
    }

    @Test("truncated: by TCP; and if that fails, that is the observation")
    func truncated() async throws {
        let fetched = try await Self.ask(timeout: .seconds(30)) {
            $0.isStream ? $0.usual : [.send($0.reply(truncated: true))]
        }
        #expect(fetched.message?.answers.count == 1)
        #expect(fetched.attempts.map(\.transport) == [.udp, .tcp])
        let closed = try await Self.ask(timeout: .seconds(30)) {
            $0.isStream ? [.close] : [.send($0.reply(truncated: true))]
        }
        #expect(closed.failure == .closed)
        let kept = try await Self.ask(change: { $0.transport = .udp }, { [.send($0.reply(truncated: true))] })
        #expect(kept.message?.flags.contains(.truncated) == true)
    }

    @Test("what cannot be read is said to be unreadable, with the place")
    func malformed() async throws {
        let cut = try await Self.ask { [.send(Array($0.reply().dropLast(6)))] }
        guard case .malformed(let error) = cut.failure else {
            Issue.record("\(String(describing: cut.failure))")
            return
        }
        #expect(error.code == .truncated)
        let loop = try await Self.ask { query in
            var bytes = query.reply(edns: false)
            let owner = bytes.count - 16
            bytes[owner] = 0xC0
            bytes[owner + 1] = UInt8(owner)
            return [.send(bytes)]
        }
        guard case .malformed(let pointer) = loop.failure else {
            Issue.record("\(String(describing: loop.failure))")
            return
        }
        #expect(pointer.code == .pointerLoop || pointer.code == .pointerForward)
    }

    @Test("cookies: the server's is learnt and sent; a reply with another client's is dropped")
    func cookies() async throws {
        let record = try await Self.ask { query in
            guard let cookie = try? query.message.edns?.cookie else { return [] }
            let own = Cookie(client: cookie.client, server: [UInt8](repeating: 7, count: 16))
            let forged = Cookie(client: cookie.client.map { ~$0 }, server: [UInt8](repeating: 9, count: 16))
            let knowsUs = cookie.server == own?.server
            return [
                .send(query.reply("192.0.2.66") { $0.edns?.options = [forged?.option].compactMap { $0 } }),
                .send(
                    query.reply(responseCode: knowsUs ? .noError : .badCookie) {
                        $0.edns?.options = [own?.option].compactMap { $0 }
                    }),
            ]
        }
        #expect(record.message?.answers.first?.data.text == "192.0.2.1")
        #expect(Self.reasons(record) == [.cookie, nil])
        #expect(record.ignoredReplies >= 1)
    }

    @Test("cookies: a reply without the one that the server always sends is another's; a stream tells")
    func missingCookie() async throws {
        let server = try ScriptedServer { query in
            if query.isStream { return query.usual }
            guard let sent = try? query.message.edns?.cookie else { return [.send(query.reply("192.0.2.66"))] }
            let own = Cookie(client: sent.client, server: [UInt8](repeating: 7, count: 16))
            let sound = query.reply { $0.edns?.options = [own?.option].compactMap { $0 } }
            // From the second question on a forger is faster than the server, without EDNS and with it.
            guard query.number > 0 else { return [.send(sound)] }
            return [.send(query.reply("192.0.2.66", edns: query.number == 1)), .send(sound)]
        }
        defer { server.stop() }
        let client = DNSClient()
        for turn in 0..<3 {
            let record = await client.query(try Name("a.test"), .a, at: server.address)
            #expect(record.message?.answers.first?.data.text == "192.0.2.1")
            #expect(Self.reasons(record) == (turn == 0 ? [nil] : [.cookie, nil]))
            #expect(record.attempts.map(\.transport) == (turn == 0 ? [.udp] : [.udp, .tcp]))
        }
        await client.shutdown()
    }

    @Test("cookies: a server that gave one and gives none any more is believed after a while")
    func noCookieAnyMore() async throws {
        let server = try ScriptedServer { query in
            guard query.number == 0, let sent = try? query.message.edns?.cookie else { return query.usual }
            let own = Cookie(client: sent.client, server: [UInt8](repeating: 7, count: 16))
            return [.send(query.reply { $0.edns?.options = [own?.option].compactMap { $0 } })]
        }
        defer { server.stop() }
        let client = DNSClient()
        var transports: [ExchangeRecord.Attempt] = []
        for _ in 0..<20 {
            transports = await client.query(try Name("a.test"), .a, at: server.address).attempts
        }
        await client.shutdown()
        #expect(transports.map(\.transport) == [.udp])
    }

    @Test("nobody there: refused, after a second and third try")
    func refused() async throws {
        let server = try ScriptedServer { _ in [] }
        server.stop()
        let client = DNSClient()
        let record = await client.query(try Name("a.test"), .a, at: server.address)
        await client.shutdown()
        #expect(record.failure == .refusedConnection)
        #expect(record.attempts.count == 3)
    }

    @Test("a server's error is an answer", arguments: [ResponseCode.servFail, .refused, .nxDomain])
    func errors(code: ResponseCode) async throws {
        let record = try await Self.ask { [.send($0.reply(responseCode: code))] }
        #expect(record.message?.responseCode == code)
        #expect(record.attempts.count == 1)
    }

    @Test("an asker may give up; a client may be shut down")
    func cancelled() async throws {
        let server = try ScriptedServer { _ in [] }
        defer { server.stop() }
        let client = DNSClient()
        let name = try Name("a.test")
        let one = Task { await client.query(name, .a, at: server.address) }
        let two = Task { await client.query(name, .a, at: server.address) }
        try await Task.sleep(for: .milliseconds(100))
        one.cancel()
        #expect(await one.value.failure == .cancelled)
        await client.shutdown()
        #expect(await two.value.failure == .cancelled)
        #expect(await client.query(name, .a, at: server.address).failure == .cancelled)
    }

    @Test("three thousand questions at a time, in any order, each get their own answer")
    func many() async throws {
        let server = try ScriptedServer { query in
            guard let question = try? query.message.questions.first else { return [] }
            let number = Int(question.name.description.prefix { $0.isNumber }) ?? 0
            return [.send(query.reply("10.0.\(number >> 8).\(number & 255)"))]
        }
        defer { server.stop() }
        let client = DNSClient()
        await withTaskGroup(of: Bool.self) { group in
            for number in 0..<3000 {
                group.addTask {
                    guard let name = try? Name("\(number).test") else { return false }
                    var options = QueryOptions()
                    options.timeout = .seconds(20)
                    let record = await client.query(name, .a, at: server.address, options: options)
                    return record.message?.answers.first?.data.text == "10.0.\(number >> 8).\(number & 255)"
                }
            }
            for await isRight in group { #expect(isRight) }
        }
        await client.shutdown()
    }
}
