import LapwingCore

/// Syslog (RFC 5424), with the notice as structured data, and systemd's journal, with fields.
package enum Syslog {
    /// Receivers should accept at least 2,048 bytes (RFC 5424 §6.1), which is also a safe size for a UDP datagram.
    static let longestDatagram = TextLength.bytes(2048 - 512)
    static let longest = TextLength.bytes(8192)
    static let journal = "/run/systemd/journal/socket"

    /// The severity without the facility; a closed incident is no trouble any more.
    static func level(_ message: NoticeMessage) -> Int {
        switch message.tone {
        case .critical: 2
        case .warning: 4
        case .info, .good: 5
        }
    }

    static func send(_ message: NoticeMessage, to collector: Channel.SyslogCollector, host: String, at now: Timestamp)
        async
        -> Receipt
    {
        let line = line(message, facility: collector.facility, host: host, to: collector.transport, at: now)
        // One message per frame, with octet counting (RFC 6587 §3.4.1).
        let bytes = collector.transport == .tcp ? Array("\(line.utf8.count) \(line)".utf8) : Array(line.utf8)
        if let fault = await LogSocket.send(bytes, to: collector) { return .tryAgain(reason: fault, after: nil) }
        return switch collector.transport {
        case .unix: .delivered("handed to \(collector.host)")
        case .udp, .tcp: .delivered("sent by \(collector.transport.rawValue), which is not acknowledged")
        }
    }

    /// Returns one message without a frame.
    static func line(
        _ message: NoticeMessage, facility: Int, host: String, to transport: Channel.SyslogCollector.Transport,
        at now: Timestamp
    ) -> String {
        let notice = message.notice
        let fields = [
            ("incident", notice.incident), ("event", notice.event.rawValue), ("class", notice.incidentClass.rawValue),
            ("severity", notice.severity.rawValue), ("domain", "\(notice.domain)"), ("id", notice.id),
        ].map { "\($0)=\"\(escaped($1))\"" }.joined(separator: " ")
        // Many collectors end a message at its first line break.
        let lines = NoticeText.fitted(
            [message.text.all.joined(separator: " | ")], links: message.text.places,
            within: transport == .udp ? longestDatagram : longest)
        let text = lines.split(separator: "\n").joined(separator: " | ")
        let header = "<\(facility * 8 + level(message))>1 \(now) \(host) lapwing - notice"
        return "\(header) [lapwing@32473 \(fields)] \u{FEFF}\(text)"
    }

    /// Escapes a value of structured data (RFC 5424 §6.3.3).
    private static func escaped(_ value: String) -> String {
        String(value.prefix(300)).reduce(into: "") { text, character in
            if "\"\\]".contains(character) { text.append("\\") }
            text.append(character)
        }
    }

    static func sendToJournal(_ message: NoticeMessage) async -> Receipt {
        let collector = Channel.SyslogCollector(transport: .unix, host: journal)
        if let fault = await LogSocket.send(journalEntry(message), to: collector) {
            return .tryAgain(reason: "\(journal): \(fault)", after: nil)
        }
        return .delivered("handed to the journal")
    }

    /// Returns an entry in the native format of systemd's journal: a field with line breaks is preceded by its length.
    package static func journalEntry(_ message: NoticeMessage) -> [UInt8] {
        let notice = message.notice
        let fields = [
            ("MESSAGE", message.plain(within: longest)), ("PRIORITY", "\(level(message))"),
            ("SYSLOG_IDENTIFIER", "lapwing"), ("LAPWING_INCIDENT", notice.incident),
            ("LAPWING_EVENT", notice.event.rawValue), ("LAPWING_CLASS", notice.incidentClass.rawValue),
            ("LAPWING_SEVERITY", notice.severity.rawValue), ("LAPWING_DOMAIN", "\(notice.domain)"),
            ("LAPWING_ID", notice.id),
        ]
        return fields.reduce(into: []) { bytes, field in
            let value = Array(field.1.utf8)
            bytes += Array("\(field.0)\n".utf8)
            bytes += (0..<8).map { UInt8(truncatingIfNeeded: value.count >> ($0 * 8)) }
            bytes += value + [UInt8(ascii: "\n")]
        }
    }
}
