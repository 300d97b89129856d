import DNSClient
import DNSWire
import Testing

@Suite("What comes by HTTPS")
struct HTTPSReplyTests {
    private static let message = "application/dns-message"

    static let cases: [(status: Int, type: String?, isTaken: Bool)] = [
        (200, message, true), (200, "Application/DNS-Message", true), (200, message + "; charset=utf-8", true),
        (200, message + " ;a=b", true), (200, message + "s", false), (200, "text/html", false), (200, "", false),
        (200, nil, false), (200, ";" + message, false), (204, message, false), (404, message, false),
        (500, message, false),
    ]

    @Test("is taken when status and media type say that it is a message", arguments: cases.indices)
    func head(_ index: Int) throws {
        let (status, type, isTaken) = Self.cases[index]
        let query = try Message.query(try Name("a.test"), .a, id: 0, recursionDesired: true, edns: nil).encoded()
        var reply = query
        reply[2] |= 0x80
        let result = HTTPSReply(status: status, contentType: type).reply(
            reply, to: query, questionEnd: query.count, exactCase: false)
        #expect((try? result.get()) == (isTaken ? reply : nil))
    }

    @Test("is no reply where it is too short, too long, a query, or about something else")
    func body() throws {
        let query = try Message.query(try Name("a.test"), .a, id: 0, recursionDesired: true, edns: nil).encoded()
        let other = try Message.query(try Name("b.test"), .a, id: 0, recursionDesired: true, edns: nil).encoded()
        let bodies = [[], Array(query.prefix(11)), query, other, query + [UInt8](repeating: 0, count: 65536)]
        for (number, body) in bodies.enumerated() {
            var body = body
            if body.count > 2, number != 2 { body[2] |= 0x80 }
            let result = HTTPSReply(status: 200, contentType: Self.message).reply(
                body, to: query, questionEnd: query.count, exactCase: false)
            #expect((try? result.get()) == nil, "body \(number)")
        }
    }
}
