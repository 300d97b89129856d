import DNSWire
import LapwingCore

/// Dates as a calendar (RFC 5545): each keeps its identifier when it moves, so that a program that subscribes moves it too.
struct CalendarFeed {
    /// One date.
    struct Event {
        /// What tells it from others, for good.
        var key: String
        var summary: String
        var text: String
        var from: Timestamp
        /// Nil for a date that is a day.
        var to: Timestamp?
        /// Days before at which a calendar reminds of it; 0 for the moment itself.
        var alarms: [Int] = []
        /// Where more is said; nil where there is no page.
        var address: String?
    }

    var title: String
    var events: [Event]
    var now: Timestamp

    var text: String {
        var lines = [
            "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Lapwing//Dates//EN", "CALSCALE:GREGORIAN",
            "METHOD:PUBLISH", "X-WR-CALNAME:\(Self.escaped(title))", "REFRESH-INTERVAL;VALUE=DURATION:PT6H",
        ]
        for event in events { lines += content(of: event) }
        lines.append("END:VCALENDAR")
        return lines.map(Self.folded).joined(separator: "\r\n") + "\r\n"
    }

    private func content(of event: Event) -> [String] {
        var lines = [
            "BEGIN:VEVENT", "UID:\(Self.escaped(event.key))@lapwing", "DTSTAMP:\(Self.moment(now))",
            "SUMMARY:\(Self.escaped(event.summary))", "DESCRIPTION:\(Self.escaped(event.text))",
        ]
        if let to = event.to {
            lines += ["DTSTART:\(Self.moment(event.from))", "DTEND:\(Self.moment(to))"]
        } else {
            lines.append("DTSTART;VALUE=DATE:\(Self.day(event.from))")
        }
        if let address = event.address { lines.append("URL:\(address)") }
        // A date that takes nobody's time.
        lines.append("TRANSP:TRANSPARENT")
        for days in event.alarms {
            lines += [
                "BEGIN:VALARM", "ACTION:DISPLAY", "TRIGGER:\(days == 0 ? "PT0S" : "-P\(days)D")",
                "DESCRIPTION:\(Self.escaped(event.summary))", "END:VALARM",
            ]
        }
        return lines + ["END:VEVENT"]
    }

    private static func day(_ moment: Timestamp) -> String {
        String(moment.description.prefix(10).filter { $0 != "-" })
    }

    private static func moment(_ moment: Timestamp) -> String {
        moment.description.prefix(19).filter { $0 != "-" && $0 != ":" } + "Z"
    }

    /// Text as section 3.3.11 wants it.
    private static func escaped(_ text: String) -> String {
        var escaped = ""
        for character in text.unicodeScalars {
            switch character {
            case "\\", ";", ",": escaped += "\\\(character)"
            case "\n": escaped += "\\n"
            default: if character.value >= 0x20, character.value != 0x7f { escaped.unicodeScalars.append(character) }
            }
        }
        return escaped
    }

    /// Lines of at most 75 bytes, of which those that go on begin with a blank (section 3.1); no character is cut apart.
    private static func folded(_ line: String) -> String {
        var folded = ""
        var length = 0
        for character in line.unicodeScalars {
            let size = UTF8.width(character)
            if length + size > 75 {
                folded += "\r\n "
                length = 1
            }
            folded.unicodeScalars.append(character)
            length += size
        }
        return folded
    }
}
