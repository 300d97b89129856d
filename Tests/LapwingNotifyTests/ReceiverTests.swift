import AsyncHTTPClient
import DNSWire
import Foundation
import LapwingCore
import LapwingNotify
import LapwingOutgoing
import NIOHTTP1
import Testing

private typealias Message = NoticeMessage

@Suite("Receivers of notices")
struct ReceiverTests {
    @Test("a receiver that redirects is tried again, and nobody else is told", arguments: [301, 302, 303, 307, 308])
    func redirects(_ status: Int) async throws {
        let other = try await TextServer { _ in "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n" }
        let place = "http://127.0.0.1:\(other.port)/elsewhere"
        let first = try await TextServer { _ in
            "HTTP/1.1 \(status) Moved\r\nLocation: \(place)\r\nContent-Length: 0\r\n\r\n"
        }
        let client = OutgoingHTTP.client()
        let receipt = await HTTPSender(client: client).send(
            OutgoingRequest(
                url: "http://127.0.0.1:\(first.port)/hook", headers: [("X-Lapwing-Signature", "t=1,v1=00")],
                body: Array("notice".utf8)))
        try await client.shutdown()
        #expect(receipt == .tryAgain(reason: "the receiver redirects to \(place) (HTTP \(status))", after: nil))
        #expect(first.text.contains("notice"))
        #expect(other.text.isEmpty)
        await first.stop()
        await other.stop()
    }

    @Test("channels whose receivers hang hold up none of those at the same host")
    func hanging() async throws {
        let host = try await TextServer { text in
            text.contains("/hangs") ? "" : "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"
        }
        let base = "http://127.0.0.1:\(host.port)"
        let client = OutgoingHTTP.client()
        let sender = HTTPSender(client: client)
        let receipt = await withTaskGroup(of: Receipt?.self) { group in
            for _ in 0..<40 {
                group.addTask {
                    _ = await sender.send(OutgoingRequest(url: "\(base)/hangs", headers: [], body: []))
                    return nil
                }
            }
            try? await Task.sleep(for: .milliseconds(300))
            let receipt = await sender.send(OutgoingRequest(url: "\(base)/answers", headers: [], body: []))
            group.cancelAll()
            return receipt
        }
        try await client.shutdown()
        #expect(receipt == .delivered("HTTP 200"))
        await host.stop()
    }

    @Test("where a redirect leads is told without what would act on a page or a terminal, and not at any length")
    func redirectShown() {
        let place = "http://a/\u{1B}[2J<b>\n" + String(repeating: "x", count: 1000)
        let refusal = OutgoingHTTP.refusal(status: 302, headers: ["Location": place], by: "the receiver")
        #expect(refusal?.hasPrefix("the receiver redirects to http://a/?[2J<b>?xxx") == true)
        #expect((refusal?.count ?? 0) < 260)
        #expect(OutgoingHTTP.refusal(status: 304, headers: [:], by: "x") == nil)
        #expect(OutgoingHTTP.refusal(status: 200, headers: ["Location": "/"], by: "x") == nil)
    }

    /// A relay that does not offer TLS but every way to log in.
    private static func relay() async throws -> TextServer {
        try await TextServer(greeting: "220 relay.test ESMTP\r\n") { text in
            switch text.prefix(4).uppercased() {
            case "EHLO": "250-relay.test\r\n250 AUTH PLAIN LOGIN\r\n"
            case "AUTH": "235 fine\r\n"
            case "DATA": "354 go on\r\n"
            case "QUIT": "221 bye\r\n"
            default: text.hasSuffix("\r\n.\r\n") || !text.hasPrefix("From:") ? "250 fine\r\n" : ""
            }
        }
    }

    private static func notice() throws -> Notice {
        let json = """
            {"id": "n", "channel": "c", "incident": "i", "event": "open", "incidentClass": "hijack-suspected",
             "severity": "critical", "page": true, "domain": "example.com.", "domains": ["example.com."], "title": "Title",
             "text": "Text", "changes": [], "since": TIME, "at": TIME}
            """
        let time = String(decoding: try JSONEncoder().encode(Timestamp(seconds: 0)), as: UTF8.self)
        return try JSONDecoder().decode(Notice.self, from: Data(json.replacing("TIME", with: time).utf8))
    }

    @Test(
        "credentials are not told to a relay without TLS, wherever they stand",
        arguments: [
            ("user:MAILSECRET@", nil, nil), ("user%40example.com:MAILSECRET@", nil, nil), (":MAILSECRET@", nil, nil),
            ("MAILSECRET@", nil, nil), ("MAILSECRET;AUTH=PLAIN@", nil, nil), ("", "MAILSECRET", nil),
            ("", "user", "MAILSECRET"),
            ("", nil, "MAILSECRET"),
        ] as [(String, String?, String?)])
    func credentials(prefix: String, user: String?, password: String?) async throws {
        let relay = try await Self.relay()
        let receipt = await Mail.send(
            Message(try Self.notice(), base: nil),
            over: Channel.MailRelay(
                url: "smtp://\(prefix)127.0.0.1:\(relay.port)", from: "a@example.com", to: ["b@example.com"],
                user: user,
                password: password))
        if case .delivered = receipt { Issue.record("delivered") }
        #expect(relay.text.contains("EHLO"))
        #expect(!relay.text.contains("AUTH"))
        #expect(!relay.text.contains("MAIL FROM"))
        await relay.stop()
    }

    struct Answers: Sendable, CustomTestStringConvertible {
        var testDescription: String
        /// What the relay says to each recipient, `a@example.com` and so on, and to the message.
        var replies: [String]
        var last: String
        var receipt: Receipt
    }

    private static func part(_ letter: String, _ reason: String) -> Receipt.Division.Part {
        .init("\(letter)@example.com", "\(letter)@example.com: SMTP \(reason)")
    }

    static let answers = [
        Answers(
            testDescription: "all are taken", replies: ["250 a", "250 b"], last: "250 fine",
            receipt: .delivered("SMTP 250")),
        Answers(
            testDescription: "one is put off, one refused, one taken",
            replies: ["450 later", "550-nobody\r\n550 of that name", "250 c"], last: "250 fine",
            receipt: .divided(
                .init(
                    taken: "SMTP 250", later: [part("a", "450 later")], refused: [part("b", "550 nobody of that name")]
                ))),
        Answers(
            testDescription: "none is taken, one is put off", replies: ["550 nobody", "450 later"], last: "250 fine",
            receipt: .divided(
                .init(taken: nil, later: [part("b", "450 later")], refused: [part("a", "550 nobody")]))),
        Answers(
            testDescription: "all are put off", replies: ["450 later", "451 later"], last: "250 fine",
            receipt: .tryAgain(
                reason: "a@example.com: SMTP 450 later; b@example.com: SMTP 451 later", after: nil)),
        Answers(
            testDescription: "all are refused", replies: ["550 no", "551 no"], last: "250 fine",
            receipt: .refused("a@example.com: SMTP 550 no; b@example.com: SMTP 551 no")),
        Answers(
            testDescription: "too many at once", replies: ["250 a", "552 too many", "452 too many"], last: "250 fine",
            receipt: .divided(
                .init(taken: "SMTP 250", later: [part("b", "552 too many"), part("c", "452 too many")]))),
    ]

    @Test("what a relay says to each recipient is told apart", arguments: answers)
    func recipients(_ given: Answers) async throws {
        let letters = given.replies.indices.map { String("abc".dropFirst($0).prefix(1)) }
        let relay = try await TextServer(greeting: "220 relay.test ESMTP\r\n") { text in
            if let place = letters.firstIndex(where: { text.hasPrefix("RCPT TO:<\($0)@") }) {
                return given.replies[place] + "\r\n"
            }
            return switch text.prefix(4).uppercased() {
            case "EHLO", "MAIL": "250 relay.test\r\n"
            case "DATA": "354 go on\r\n"
            case "QUIT": "221 bye\r\n"
            // The end of the text may come in a packet of its own.
            default: text == ".\r\n" || text.hasSuffix("\r\n.\r\n") ? "\(given.last)\r\n" : ""
            }
        }
        let to = letters.map { "\($0)@example.com" }
        let receipt = await Mail.send(
            Message(try Self.notice(), base: nil),
            over: Channel.MailRelay(url: "smtp://127.0.0.1:\(relay.port)", from: "x@example.com", to: to))
        #expect(receipt == given.receipt)
        #expect(relay.text.components(separatedBy: "RCPT TO:").count == to.count + 1, "each is asked once")
        await relay.stop()
    }

    @Test("a message for one recipient of several goes to that one, and is the same message")
    func oneOfSeveral() async throws {
        let relay = try await Self.relay()
        let whole = try Self.notice()
        let channel = Channel.MailRelay(
            url: "smtp://127.0.0.1:\(relay.port)", from: "x@example.com", to: ["a@example.com", "b@example.com"])
        for notice in [whole, whole.part(for: "b@example.com")] {
            #expect(await Mail.send(Message(notice, base: nil), over: channel) == .delivered("SMTP 250"))
        }
        let gone = whole.part(for: "c@example.com")
        guard case .refused = await Mail.send(Message(gone, base: nil), over: channel) else {
            Issue.record("sent to somebody who is no recipient")
            return
        }
        let sent = relay.text.components(separatedBy: "\r\n")
        #expect(
            sent.filter { $0.hasPrefix("RCPT TO:") } == ["a", "b", "b"].map { "RCPT TO:<\($0)@example.com>" })
        #expect(Set(sent.filter { $0.hasPrefix("Message-ID:") }).count == 1)
        #expect(sent.count { $0 == "To: a@example.com," } == 2)
        await relay.stop()
    }

    @Test("a relay that wants no credentials needs no TLS")
    func plainRelay() async throws {
        let relay = try await Self.relay()
        let receipt = await Mail.send(
            Message(try Self.notice(), base: nil),
            over: Channel.MailRelay(
                url: "smtp://127.0.0.1:\(relay.port)", from: "a@example.com", to: ["b@example.com"]))
        if case .delivered = receipt {} else { Issue.record("\(receipt)") }
        await relay.stop()
    }
}
