import DNSClient
import DNSWire
import FuzzDriver
import Synchronization

let server = ServerAddress("https://192.0.2.1/dns-query")
let input = Mutex<[UInt8]>([])

/// A server whose answer is the input: a byte of status, a `Content-Type` up to a line feed, and the body.
let client = DNSClient(
    playing: PlayedNetwork { query, _, _ in
        let bytes = input.withLock { $0 }
        let head = bytes.dropFirst().prefix { $0 != 10 }
        let status = [200, 200, 200, 204, 301, 400, 429, 500][Int(bytes.first ?? 0) & 7]
        var body = Array(bytes.dropFirst(head.count + 2))
        // The fuzzer does not guess the id and the question; a bit of the first byte fills them in.
        if (bytes.first ?? 0) & 8 != 0, body.count >= 12 {
            body.replaceSubrange(0..<2, with: query[0..<2])
            body.replaceSubrange(4..<6, with: [0, 1])
            body.insert(contentsOf: query[12..<(12 + 19)], at: 12)
        }
        let reply = HTTPSReply(status: status, contentType: String(decoding: head, as: UTF8.self))
        switch reply.reply(body, to: query, questionEnd: 12 + 19, exactCase: false) {
        case .success(let bytes):
            precondition(status == 200 && bytes == body && (12...65535).contains(bytes.count))
            return bytes
        case .failure: return nil
        }
    })

// Any bytes as what comes by HTTPS: it is the answer to the question, or a failure with its reason, and never an answer to
// another question.
let name = try Name("a.example.com")
fuzz(seeds: [
    [8] + Array("application/dns-message\n".utf8) + [0, 0, 0x81, 0x80, 0, 1, 0, 1, 0, 0, 0, 0]
        + [0xC0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, 192, 0, 2, 1],
    [8] + Array("application/dns-message; charset=x\n".utf8) + [0, 0, 0x83, 0x83, 0, 1, 0, 0, 0, 0, 0, 0],
    [3] + Array("text/html\n<html>".utf8),
]) { bytes async in
    input.withLock { $0 = bytes }
    guard let server else { preconditionFailure("no server") }
    var options = QueryOptions()
    options.timeout = .seconds(1)
    let record = await client.query(name, .a, at: server, options: options)
    switch record.reply {
    case .message(let message, let bytes):
        precondition(message.questions.isEmpty || message.questions.map(\.name) == [name])
        precondition(bytes.count <= 65535 && record.attempts.allSatisfy { $0.transport == .https })
    case .failure: break
    }
}
