import DNSClient
import DNSWire

/// An exchange as text in the format of `dig`.
enum QueryReport {
    static func text(_ record: ExchangeRecord) -> String {
        var lines = [";; \(record.question) at \(record.server)"]
        lines += record.attempts.map(line)
        if record.ignoredReplies > 0 {
            lines.append(";; \(record.ignoredReplies) replies dropped: not to this question")
        }
        switch record.reply {
        case .message(let message, let bytes):
            lines += text(message)
            let transport = record.attempts.last?.transport ?? record.server.transport
            lines += [
                "", ";; Query time: \(milliseconds(record.roundTrip ?? .zero)) ms",
                ";; SERVER: \(record.server) (\(transport.rawValue.uppercased()))", ";; MSG SIZE  rcvd: \(bytes.count)",
            ]
        case .failure(let failure):
            lines.append(";; no answer from \(record.server): \(failure)")
        }
        return lines.joined(separator: "\n")
    }

    /// Returns the data of the answer, one record per line.
    static func short(_ record: ExchangeRecord) -> [String] {
        switch record.reply {
        case .message(let message, _):
            if message.answers.isEmpty, message.responseCode != .noError { return [";; \(message.responseCode)"] }
            return message.answers.map(\.data.text)
        case .failure(let failure): return [";; no answer from \(record.server): \(failure)"]
        }
    }

    private static func line(_ attempt: ExchangeRecord.Attempt) -> String {
        let outcome =
            switch attempt.outcome {
            case .reply(let code, let truncated): "\(code)\(truncated ? ", truncated" : ""), \(attempt.bytesIn) bytes"
            case .failure(let failure): "\(failure)"
            }
        let next = attempt.reasonToGoOn.map { "; again: \($0.rawValue)" } ?? ""
        return
            ";; at \(milliseconds(attempt.sentAt)) ms by \(attempt.transport.rawValue): \(attempt.bytesOut) bytes out, "
            + "after \(milliseconds(attempt.elapsed)) ms \(outcome)\(next)"
    }

    private static func text(_ message: Message) -> [String] {
        let counts = [
            ("QUERY", message.questions.count), ("ANSWER", message.answers.count),
            ("AUTHORITY", message.authorities.count),
            ("ADDITIONAL", message.additionals.count + (message.edns == nil ? 0 : 1)),
        ]
        var lines = [
            ";; ->>HEADER<<- opcode: \(message.opCode), status: \(message.responseCode), id: \(message.id)",
            ";; flags: \(message.flags.names.joined(separator: " ")); "
                + counts.map { "\($0.0): \($0.1)" }.joined(separator: ", "),
        ]
        if let edns = message.edns { lines += text(edns) }
        lines += ["", ";; QUESTION SECTION:"] + message.questions.map { ";\($0)" }
        let sections = [
            ("ANSWER", message.answers), ("AUTHORITY", message.authorities), ("ADDITIONAL", message.additionals),
        ]
        for (title, records) in sections where !records.isEmpty {
            lines += ["", ";; \(title) SECTION:"] + records.map(\.text)
        }
        return lines
    }

    private static func text(_ edns: EDNS) -> [String] {
        var lines = [
            "", ";; OPT PSEUDOSECTION:",
            "; EDNS: version: \(edns.version), flags:\(edns.dnssecOK ? " do" : ""); udp: \(edns.udpSize)",
        ]
        for option in edns.options {
            switch option.code {
            case EDNSOption.Code.nsid:
                lines.append("; NSID: \(hex(option.data)) (\"\(printable(option.data))\")")
            case EDNSOption.Code.cookie:
                lines.append("; COOKIE: \(hex(option.data))")
            case EDNSOption.Code.extendedError:
                lines += edns.extendedErrors.map { "; EDE: \($0.code)\($0.text.isEmpty ? "" : " (\($0.text))")" }
            case EDNSOption.Code.padding:
                lines.append("; PADDING: \(option.data.count) bytes")
            default:
                lines.append("; OPT=\(option.code): \(hex(option.data))")
            }
        }
        return lines
    }

    private static func printable(_ bytes: [UInt8]) -> String {
        String(decoding: bytes.map { (0x20...0x7E).contains($0) ? $0 : UInt8(ascii: ".") }, as: UTF8.self)
    }

    static func hex(_ bytes: [UInt8]) -> String {
        let digits = Array("0123456789abcdef")
        return String(bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
    }

    static func milliseconds(_ duration: Duration) -> Int64 {
        let (seconds, attoseconds) = duration.components
        return seconds * 1000 + attoseconds / 1_000_000_000_000_000
    }
}
