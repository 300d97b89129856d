import DNSWire
import LapwingCore
import LapwingStore

/// The latest changes, newest first, as Atom (RFC 4287) and as JSON Feed 1.1.
struct ChangeFeed {
    /// The largest number of changes in one feed.
    static let most = 100

    var scope: FeedScope
    var changes: [StoredChange]
    /// The prefix of page paths, without a trailing slash.
    var address: String
    /// The address of the feed itself.
    var own: String
    var now: Timestamp

    private var title: String { "Lapwing: changes of \(scope.title)" }
    private var updated: Timestamp { changes.first?.at ?? now }

    /// A permanent identifier (RFC 4151), with the domain as its authority on the day of the change.
    private func identifier(_ change: StoredChange) -> String {
        "tag:\(Shown.name(change.domain)),\(change.at.description.prefix(10)):lapwing/change/\(change.id)"
    }

    private func page(_ change: StoredChange) -> String {
        "\(address)/domains/\(Escape.path(Shown.name(change.domain)))"
    }

    private static func headline(_ change: Change) -> String {
        let what = "\(Shown.name(change.name)) \(change.kind)"
        let (old, new) = (Narrative.plain(Change.list(change.old)), Narrative.plain(Change.list(change.new)))
        if change.backSince != nil { return "\(what) is back: \(new) (was \(old))" }
        if change.old.isEmpty { return "\(what) is new: \(new)" }
        return change.new.isEmpty ? "\(what) is gone (was \(old))" : "\(what) changed: \(new) (was \(old))"
    }

    private static func text(_ stored: StoredChange) -> String {
        let change = stored.change
        let seen = change.seenBy.isEmpty ? "" : "\nSeen by \(Narrative.plain(Change.list(change.seenBy)))."
        return "\(headline(change)), recorded at \(stored.at.description).\(seen)"
    }

    var atom: String {
        var lines = [
            #"<?xml version="1.0" encoding="utf-8"?>"#, #"<feed xmlns="http://www.w3.org/2005/Atom">"#,
            "<title>\(Self.xml(title))</title>", "<id>\(Self.xml(own))</id>", "<updated>\(updated)</updated>",
            #"<link rel="self" type="application/atom+xml" href="\#(Self.xml(own))"/>"#,
            #"<link rel="alternate" type="text/html" href="\#(Self.xml(address))/"/>"#,
            "<author><name>Lapwing</name></author>",
        ]
        for change in changes {
            lines += [
                "<entry>", "<title>\(Self.xml(Self.headline(change.change)))</title>",
                "<id>\(Self.xml(identifier(change)))</id>", "<updated>\(change.at)</updated>",
                #"<link rel="alternate" type="text/html" href="\#(Self.xml(page(change)))"/>"#,
                #"<category term="\#(Self.xml(Shown.name(change.domain)))"/>"#,
                #"<content type="text">\#(Self.xml(Self.text(change)))</content>"#, "</entry>",
            ]
        }
        return (lines + ["</feed>"]).joined(separator: "\n") + "\n"
    }

    var json: String {
        JSONText.object([
            ("version", .text("https://jsonfeed.org/version/1.1")), ("title", .text(title)),
            ("home_page_url", .text(address + "/")), ("feed_url", .text(own)),
            (
                "items",
                .list(
                    changes.map { change in
                        JSONText.object([
                            ("id", .text(identifier(change))), ("url", .text(page(change))),
                            ("title", .text(Self.headline(change.change).visible)),
                            ("content_text", .text(Self.text(change))),
                            ("date_published", .text(change.at.description)),
                            ("tags", .texts([Shown.name(change.domain)])),
                        ])
                    })
            ),
        ]).description
    }

    /// Escapes text for XML 1.0; characters that XML cannot represent are omitted.
    private static func xml(_ text: String) -> String {
        var escaped = ""
        for character in text.unicodeScalars {
            switch character {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            case "\t", "\n": escaped.unicodeScalars.append(character)
            default:
                let isAllowed = character.value >= 0x20 && !(0x7f...0x9f).contains(character.value)
                if isAllowed, character.value & 0xfffe != 0xfffe { escaped.unicodeScalars.append(character) }
            }
        }
        return escaped
    }
}
