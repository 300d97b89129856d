import DNSClient
import DNSWire
import Foundation

/// The exchange as one JSON object.
extension QueryReport {
    private struct Report: Encodable {
        var server: String
        var question: QuestionEntry
        var startedAt: String
        var milliseconds: Int64
        var attempts: [AttemptEntry]
        var ignoredReplies: Int
        var message: MessageEntry?
        var failure: FailureEntry?

        enum CodingKeys: String, CodingKey {
            case server, question, startedAt = "started_at", milliseconds, attempts
            case ignoredReplies = "ignored_replies", message, failure
        }
    }

    private struct QuestionEntry: Encodable {
        var name: String
        var type: String
        var `class`: String

        init(_ question: Question) {
            name = question.name.description
            type = question.type.description
            `class` = question.recordClass.description
        }
    }

    private struct AttemptEntry: Encodable {
        var transport: String
        var at: Int64
        var milliseconds: Int64
        var bytesOut: Int
        var bytesIn: Int
        var rcode: String?
        var truncated: Bool?
        var failure: String?
        var again: String?

        enum CodingKeys: String, CodingKey {
            case transport, at, milliseconds, bytesOut = "bytes_out", bytesIn = "bytes_in", rcode, truncated, failure
            case again
        }
    }

    private struct MessageEntry: Encodable {
        var id: UInt16
        var flags: [String]
        var opcode: String
        var rcode: String
        var question: [QuestionEntry]
        var answer: [RecordEntry]
        var authority: [RecordEntry]
        var additional: [RecordEntry]
        var edns: EDNSEntry?
    }

    private struct EDNSEntry: Encodable {
        struct Option: Encodable {
            var code: UInt16
            var data: String
        }

        var version: UInt8
        var udp: UInt16
        var `do`: Bool
        var options: [Option]
    }

    private struct FailureEntry: Encodable {
        var code: String
        var text: String
    }

    static func json(_ record: ExchangeRecord) throws -> String {
        let report = Report(
            server: record.server.description, question: QuestionEntry(record.question),
            startedAt: Date(timeIntervalSince1970: Double(record.startedAt / 1_000_000_000)).formatted(.iso8601),
            milliseconds: milliseconds(record.elapsed), attempts: record.attempts.map(entry),
            ignoredReplies: record.ignoredReplies, message: record.message.map(entry),
            failure: record.failure.map { FailureEntry(code: $0.code, text: $0.description) })
        return try JSONOutput.text(report)
    }

    private static func entry(_ attempt: ExchangeRecord.Attempt) -> AttemptEntry {
        var entry = AttemptEntry(
            transport: attempt.transport.rawValue, at: milliseconds(attempt.sentAt),
            milliseconds: milliseconds(attempt.elapsed), bytesOut: attempt.bytesOut, bytesIn: attempt.bytesIn,
            again: attempt.reasonToGoOn?.rawValue)
        switch attempt.outcome {
        case .reply(let code, let truncated):
            entry.rcode = code.description
            entry.truncated = truncated
        case .failure(let failure):
            entry.failure = failure.code
        }
        return entry
    }

    private static func entry(_ message: Message) -> MessageEntry {
        MessageEntry(
            id: message.id, flags: message.flags.names, opcode: message.opCode.description,
            rcode: message.responseCode.description, question: message.questions.map(QuestionEntry.init),
            answer: message.answers.map(RecordEntry.init), authority: message.authorities.map(RecordEntry.init),
            additional: message.additionals.map(RecordEntry.init),
            edns: message.edns.map { edns in
                EDNSEntry(
                    version: edns.version, udp: edns.udpSize, do: edns.dnssecOK,
                    options: edns.options.map { EDNSEntry.Option(code: $0.code, data: hex($0.data)) })
            })
    }
}
