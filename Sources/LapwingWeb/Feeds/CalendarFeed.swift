import DNSWire
import LapwingCore

/// Dates as a calendar (RFC 5545). An event keeps its identifier when its date moves, so that a subscribed program
/// moves it too.
struct CalendarFeed {
    /// One date.
    struct Event {
        /// Permanently identifies the event within the feed.
        var key: String
        var summary: String
        var text: String
        var from: Timestamp
        /// Nil for an all-day event.
        var to: Timestamp?
        /// How many days before the event a calendar reminds of it; 0 is the moment itself.
        var alarms: [Int] = []
        /// The page with details; nil if there is none.
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
        // The event does not mark the reader as busy.
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

    /// Escapes a text as section 3.3.11 requires.
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

    /// Folds a line into lines of at most 75 bytes; continuation lines begin with a space (section 3.1). No character
    /// is split.
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
