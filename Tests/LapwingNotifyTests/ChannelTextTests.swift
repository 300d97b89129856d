import DNSWire
import Foundation
import LapwingCore
import LapwingNotify
import Testing

private typealias Message = NoticeMessage

/// What channels do to texts that are long, or that want to be markup.
@Suite("Channels and hostile texts")
struct ChannelTextTests {
    static let hostile = "<b>@everyone</b> & <!channel> *bold* _x_ [a](http://b) \\ \" ' `c` ||d|| 🔥é\u{200D}"

    static func notice(
        title: String, text: String, severity: Severity = .critical, event: IncidentEvent.Kind = .update
    ) throws -> Notice {
        let time = Timestamp(seconds: 1_780_000_000)
        let domain = try Name("example.com.")
        let change = Change(
            name: domain, kind: .records(.txt), old: [hostile], new: [hostile, "b"], seenBy: ["ns1.example.net."])
        var notice = Notice.test(of: "ops", number: "1", at: time).open
        notice.purpose = nil
        notice.id = "example.com-1.2@ops"
        notice.incident = "example.com-1"
        notice.event = event
        notice.incidentClass = .hijackSuspected
        notice.severity = severity
        notice.domain = domain
        notice.domains = [domain]
        notice.title = title
        notice.text = text
        notice.changes = [change]
        return notice
    }

    private static let long: Message = {
        let lines = (0..<3000).map { "\($0) \(hostile)" }.joined(separator: "\n")
        let title = String(repeating: hostile, count: 40)
        // The text is ours; a failure to make it shows in every test.
        return (try? notice(title: title, text: "\(title)\n\(lines)")).map {
            Message($0, base: "https://dns.example.com")
        }
            ?? Message(Notice.test(of: "x", number: "1", at: .earliest).open, base: nil)
    }()

    private static func body(_ request: OutgoingRequest) throws -> [String: Any] {
        try #require(JSONSerialization.jsonObject(with: Data(request.body)) as? [String: Any])
    }

    private static let kinds: [Channel.Kind] = [
        .webhook(url: "https://a/", secret: nil), .slack(url: "https://a/"), .teams(url: "https://a/"),
        .discord(url: "https://a/"), .telegram(api: "https://a", token: "t", chat: "c"),
        .matrix(homeserver: "https://a", room: "!r:a", token: "t"), .ntfy(server: "https://a", topic: "t", token: nil),
        .gotify(url: "https://a", token: "t"), .pushover(api: "https://a", token: "t", user: "u"),
        .pagerDuty(url: "https://a/", routingKey: "k"), .opsgenie(api: "https://a", key: "k"),
        .alertmanager(urls: ["https://a"]), .apprise(url: "https://a/", tag: nil),
    ]

    @Test("a long message is cut to what each service takes, and keeps its link", arguments: kinds.indices)
    func limits(_ index: Int) throws {
        for request in try Courier.requests(Self.long, Self.kinds[index], at: .earliest) {
            let text = String(decoding: request.body, as: UTF8.self)
            switch Self.kinds[index] {
            case .slack:
                let text = try #require(Self.body(request)["text"] as? String)
                #expect(text.utf16.count <= 4000 && text.hasSuffix("/incidents/example.com-1"))
                #expect(!text.contains("<") && text.contains("&lt;!channel&gt;"))
                let section = try Self.buttons(Self.kinds[index], Self.long).text
                #expect(section.utf16.count <= 3000 && !section.contains("<"))
                #expect(section.hasSuffix("\nIncident example.com-1"))
            case .teams: #expect(request.body.count <= 28 * 1024)
            case .discord:
                let embeds = try #require(Self.body(request)["embeds"] as? [[String: Any]])
                let title = try #require(embeds[0]["title"] as? String)
                let description = try #require(embeds[0]["description"] as? String)
                #expect(title.utf16.count <= 256 && description.utf16.count <= 4096)
                #expect(description.contains("\\*bold\\*"))
                #expect(try (Self.body(request)["allowed_mentions"] as? [String: [String]])?["parse"] == [])
            case .telegram:
                let text = try #require(Self.body(request)["text"] as? String)
                #expect(text.utf16.count <= 4096 && text.hasSuffix("\nIncident example.com-1"))
                let buttons = try Self.buttons(Self.kinds[index], Self.long).buttons
                #expect(buttons.map(\.1) == ["https://dns.example.com/incidents/example.com-1"])
            case .matrix:
                #expect(request.body.count <= 65_536 - 1000)
                #expect(text.contains("&lt;b&gt;"))
            case .ntfy:
                let text = try #require(Self.body(request)["message"] as? String)
                #expect(text.utf8.count <= 4096 && text.hasSuffix("/incidents/example.com-1"))
            case .pushover:
                let body = try Self.body(request)
                #expect(try #require(body["message"] as? String).utf16.count <= 1024)
                #expect(try #require(body["title"] as? String).count <= 250)
            case .pagerDuty:
                let payload = try #require(Self.body(request)["payload"] as? [String: Any])
                #expect(try #require(payload["summary"] as? String).utf16.count <= 1024)
                #expect(request.body.count < 512 * 1024)
            case .opsgenie:
                let body = try Self.body(request)
                #expect((body["message"] as? String ?? "").utf16.count <= 130)
                #expect((body["description"] as? String ?? "").utf16.count <= 15_000)
                #expect((body["note"] as? String ?? "").utf16.count <= 25_000)
            default: #expect(text.contains("example.com-1"))
            }
        }
    }

    private static func linked(_ base: String?) throws -> Message {
        let seal = LinkSeal { claim in Array(claim.prefix(32)) }
        let event = IncidentEvent(
            id: "example.com-1.1", incident: "example.com-1", kind: .open, code: .recordChanged,
            incidentClass: .plannedChange, severity: .notice, page: false, domain: try Name("example.com."),
            subject: nil, title: hostile, text: hostile, changes: [], since: .earliest, at: .earliest)
        let speech = Flow.speak(
            events: [event], said: SaidLog(), routes: [Route(channels: ["ops"])], silences: [], seal: seal,
            at: Timestamp(seconds: 1_780_000_000))
        return Message(try #require(speech.notices.first), base: base)
    }

    /// The addresses that a request has as buttons, with what stands on them, and what of the message is text.
    private static func buttons(
        _ kind: Channel.Kind, _ message: Message
    ) throws -> (buttons: [(String, String)], text: String, url: String) {
        let request = try #require(Courier.requests(message, kind, at: .earliest).first)
        let body = try Self.body(request)
        func pairs(_ list: Any?, _ label: String) -> [(String, String)] {
            (list as? [[String: Any]] ?? []).map { item in
                let words = item[label] as? String ?? (item[label] as? [String: Any])?["text"] as? String
                return (words ?? "", item["url"] as? String ?? "")
            }
        }
        switch kind {
        case .slack:
            let blocks = body["blocks"] as? [[String: Any]] ?? []
            let section = (blocks.first?["text"] as? [String: Any])?["text"] as? String
            return (pairs(blocks.last?["elements"], "text"), section ?? body["text"] as? String ?? "", request.url)
        case .discord:
            let rows = body["components"] as? [[String: Any]] ?? []
            let embeds = body["embeds"] as? [[String: Any]]
            return (pairs(rows.first?["components"], "label"), embeds?[0]["description"] as? String ?? "", request.url)
        case .telegram:
            let rows = (body["reply_markup"] as? [String: Any])?["inline_keyboard"] as? [[Any]] ?? []
            return (rows.flatMap { pairs($0, "text") }, body["text"] as? String ?? "", request.url)
        case .ntfy: return (pairs(body["actions"], "label"), body["message"] as? String ?? "", request.url)
        case .teams:
            let attachments = body["attachments"] as? [[String: Any]]
            let card = attachments?[0]["content"] as? [String: Any]
            return (pairs(card?["actions"], "title"), "", request.url)
        default: return ([], "", request.url)
        }
    }

    private static let buttoned: [(kind: Channel.Kind, hasPage: Bool)] = [
        (.slack(url: "https://a/"), true), (.discord(url: "https://a/"), true),
        (.telegram(api: "https://a", token: "t", chat: "c"), true),
        (.ntfy(server: "https://a", topic: "t", token: nil), false), (.teams(url: "https://a/"), true),
    ]

    @Test("buttons lead to the page and to what can be done, and then no link stands in the text", arguments: 0..<5)
    func buttons(_ index: Int) throws {
        let base = "https://dns.example.com"
        let (kind, hasPage) = Self.buttoned[index]
        let message = try Self.linked(base)
        let found = try Self.buttons(kind, message)
        let acts = ["Accept", "Acknowledge", "Silence"]
        #expect(found.buttons.map(\.0) == (hasPage ? ["Incident example.com-1"] : []) + acts)
        for (label, url) in found.buttons {
            #expect(url.hasPrefix(acts.contains(label) ? "\(base)/act/\(label.lowercased())/" : "\(base)/incidents/"))
        }
        #expect(!found.text.contains("/act/"))
        if case .discord = kind { #expect(found.url == "https://a/?wait=true&with_components=true") }
    }

    @Test(
        "an address that leads nowhere from a phone is no button: services would refuse the message",
        arguments: [
            "http://127.0.0.1:9053", "http://localhost:9053", "http://monitor:9053", "http://[::1]:9053", nil,
        ])
    func noButtons(base: String?) throws {
        let message = try Self.linked(base)
        for (kind, _) in Self.buttoned.prefix(3) {
            let found = try Self.buttons(kind, message)
            #expect(found.buttons.isEmpty)
            if case .discord = kind { continue }
            #expect(found.text.contains("/act/accept/") == (base != nil))
            #expect(found.text.contains("Incident example.com-1"))
        }
    }

    @Test("a test of a channel leads to a page that there is")
    func linkOfATest() throws {
        let test = Notice.test(of: "ops", number: "1", at: .earliest)
        for notice in [test.open, test.close] {
            let message = Message(notice, base: "https://dns.example.com")
            #expect(message.text.links.map(\.url) == ["https://dns.example.com/channels"])
            #expect(message.text.text.hasSuffix("\nChannels: https://dns.example.com/channels"))
        }
    }

    @Test("an alert and an Opsgenie alert carry what can be done")
    func actsOfAlerts() throws {
        let message = try Self.linked("https://dns.example.com")
        let alert = try Alertmanager.request(message, url: "http://a:9093", at: .earliest)
        let list = try JSONSerialization.jsonObject(with: Data(alert.body)) as? [[String: Any]]
        let annotations = list?.first?["annotations"] as? [String: String]
        let request = try #require(
            Courier.requests(message, .opsgenie(api: "https://a", key: "k"), at: .earliest).first)
        let details = try Self.body(request)["details"] as? [String: String]
        for act in ["accept", "acknowledge", "silence"] {
            for values in [annotations, details] {
                #expect(values?[act]?.hasPrefix("https://dns.example.com/act/\(act)/") == true)
            }
        }
    }

    @Test("what identifies an alert is the same however the incident changes")
    func alertmanager() throws {
        let now = Timestamp(seconds: 1_780_000_100)
        let steps: [(Severity, IncidentEvent.Kind)] = [(.warning, .open), (.critical, .update), (.critical, .close)]
        let alerts = try steps.map { severity, event in
            let notice = try Self.notice(title: "t", text: "t", severity: severity, event: event)
            let request = try Alertmanager.request(Message(notice, base: nil), url: "http://a:9093", at: now)
            #expect(request.url == "http://a:9093/api/v2/alerts")
            let list = try JSONSerialization.jsonObject(with: Data(request.body)) as? [[String: Any]]
            return try #require(list?.first)
        }
        #expect(Set(alerts.map { $0["labels"] as? [String: String] }).count == 1)
        #expect(alerts[1]["endsAt"] as? String == "\(now.adding(seconds: Alertmanager.holds))")
        #expect(alerts[2]["endsAt"] as? String == "\(Timestamp(seconds: 1_780_000_000))")
        #expect((alerts[1]["annotations"] as? [String: String])?["severity"] == "critical")
    }

    @Test("HTML of a mail shows what would be markup, and says who saw what")
    func mail() throws {
        let html = MailPage.html(Message(try Self.notice(title: Self.hostile, text: Self.hostile), base: "https://a"))
        #expect(!html.contains("<b>@everyone") && html.contains("&lt;b&gt;@everyone&lt;/b&gt;"))
        #expect(html.contains("ns1.example.net.") && html.contains("https://a/incidents/example.com-1"))
    }

    @Test(
        "mails are named in one form that needs no quotes",
        arguments: [
            ("example.com-1.1@ops", "example.com-1", nil),
            ("example.com-1.2@ops", "example.com-1", "<example.com-1.1.at.ops@a.test>"),
            // The summary of an hour.
            ("example.com.@ops#5", "example.com-1", "<example.com-1.1.at.ops=235@a.test>"),
            ("*.ä-1.2@o ps", "*.ä-1", "<=2A.=C3=A4-1.1.at.o=20ps@a.test>"),
        ] as [(String, String, String?)])
    func identifiers(id: String, incident: String, opening: String?) throws {
        var notice = try Self.notice(title: "t", text: "t")
        notice.id = id
        notice.incident = incident
        notice.channel = String(id.split(separator: "@")[1])
        #expect(MailIdentifier.opening(of: notice, host: "a.test") == opening)
        let form = #/<[A-Za-z0-9=_+-]+(\.[A-Za-z0-9=_+-]+)*@a\.test>/#
        #expect(try form.wholeMatch(in: MailIdentifier.of(notice, host: "a.test")) != nil)
    }

    @Test(
        "the longest pause that a busy receiver asks for counts",
        arguments: [
            ("7", "", 7), ("1.2", "", 2), (nil, #"{"retry_after": 3.4}"#, 4), ("2", #"{"retry_after": 64.57}"#, 65),
            (nil, #"{"parameters": {"retry_after": 9}}"#, 9), (nil, #"{"retry_after_ms": 1500}"#, 2),
            ("Thu, 28 May 2026 20:27:10 GMT", "", 30), ("soon", "<html>", nil), ("-5", "", nil), ("1e300", "", nil),
            (nil, #"{"retry_after": "x"}"#, nil), (nil, "", nil), ("NaN", "", nil),
        ] as [(String?, String, Int64?)])
    func wishes(header: String?, body: String, seconds: Int64?) {
        let now = Date(timeIntervalSince1970: 1_780_000_000)
        #expect(RetryWish.seconds(header: header, body: Array(body.utf8), now: now) == seconds)
    }

    @Test("an entry of the journal gives each field by its length")
    func journal() throws {
        let message = Message(try Self.notice(title: "one", text: "one\nPRIORITY=0\nDo: two"), base: nil)
        var rest = Syslog.journalEntry(message)[...]
        var fields: [String: String] = [:]
        while let end = rest.firstIndex(of: 10) {
            let name = String(decoding: rest[..<end], as: UTF8.self)
            let size = rest[(end + 1)..<(end + 9)].reversed().reduce(0) { $0 << 8 | Int($1) }
            fields[name] = String(decoding: rest[(end + 9)..<(end + 9 + size)], as: UTF8.self)
            #expect(rest[end + 9 + size] == 10)
            rest = rest[(end + 10 + size)...]
        }
        #expect(rest.isEmpty && fields["PRIORITY"] == "2")
        #expect(fields["MESSAGE"]?.hasPrefix("example.com [critical]: one\nDo: two\nPRIORITY=0") == true)
    }
}
