import LapwingCore

/// Reads channels.
struct ChannelReader {
    let surroundings: SettingsReader.Surroundings

    func channels(_ value: ValueReader) -> [Channel] {
        (value.entries() ?? []).compactMap { name, _, value in
            guard let fields = value.fields(.channel) else { return nil }
            guard fields.count == 1, let (kind, reader) = fields.first else {
                if value.isMapping {
                    let kinds = KnownMapping.channel.keys.joined(separator: ", ")
                    value.fault("\(value.path): a channel has exactly one of \(kinds)")
                }
                return nil
            }
            return self.kind(kind, reader).map { Channel(name: name, kind: $0) }
        }
    }

    private func kind(_ kind: String, _ reader: ValueReader) -> Channel.Kind? {
        switch kind {
        case "webhook": read(reader, .webhook, webhook)
        case "slack": read(reader, .slack) { $0.url("url").map { .slack(url: $0) } }
        case "teams": read(reader, .teams) { $0.url("url").map { .teams(url: $0) } }
        case "discord": read(reader, .discord) { $0.url("url").map { .discord(url: $0) } }
        case "telegram": read(reader, .telegram, telegram)
        case "matrix": read(reader, .matrix, matrix)
        case "ntfy": read(reader, .ntfy, ntfy)
        case "gotify": read(reader, .gotify, gotify)
        case "pushover": read(reader, .pushover, pushover)
        case "pagerduty": read(reader, .pagerDuty, pagerDuty)
        case "opsgenie": read(reader, .opsgenie, opsgenie)
        case "alertmanager": read(reader, .alertmanager, alertmanager)
        case "mail": read(reader, .mail, mail)
        case "exec": read(reader, .exec, exec)
        case "syslog": read(reader, .syslog, syslog)
        case "journal": .journal
        case "apprise": read(reader, .apprise, apprise)
        default: .log
        }
    }

    private func read(
        _ reader: ValueReader, _ mapping: KnownMapping, _ body: (ChannelFields) -> Channel.Kind?
    ) -> Channel.Kind? {
        reader.fields(mapping).flatMap { fields in
            body(ChannelFields(reader: reader, fields: fields, contents: surroundings.contents))
        }
    }

    // MARK: Kinds

    private func webhook(_ fields: ChannelFields) -> Channel.Kind? {
        guard let url = fields.url("url") else { return nil }
        return .webhook(url: url, secret: fields.secret("secret").map { Array($0.utf8) })
    }

    private func telegram(_ fields: ChannelFields) -> Channel.Kind? {
        guard let token = fields.required("token"), let chat = fields.required("chat"),
            let api = fields.base("api", default: "https://api.telegram.org")
        else { return nil }
        return .telegram(api: api, token: token, chat: chat)
    }

    private func matrix(_ fields: ChannelFields) -> Channel.Kind? {
        guard let homeserver = fields.base("homeserver"), let room = fields.required("room"),
            let token = fields.required("token")
        else { return nil }
        guard room.hasPrefix("!") else {
            fields.fault("room", "expected a room's id such as !abc:example.org, found `\(room)`")
            return nil
        }
        return .matrix(homeserver: homeserver, room: room, token: token)
    }

    private func ntfy(_ fields: ChannelFields) -> Channel.Kind? {
        guard let url = fields.base("url") else { return nil }
        // Messages are published as JSON to the server, with the topic in the content.
        guard let slash = url.lastIndex(of: "/"), url[..<slash].hasPrefix("http"), !url[..<slash].hasSuffix("/") else {
            fields.fault(
                "url",
                "expected the address of a topic such as https://ntfy.sh/alerts, found `\(ChannelFields.shown(url))`")
            return nil
        }
        return .ntfy(
            server: String(url[..<slash]), topic: String(url[url.index(after: slash)...]),
            token: fields.secret("token"))
    }

    private func gotify(_ fields: ChannelFields) -> Channel.Kind? {
        guard let url = fields.base("url"), let token = fields.required("token") else { return nil }
        return .gotify(url: url, token: token)
    }

    private func pushover(_ fields: ChannelFields) -> Channel.Kind? {
        guard let token = fields.required("token"), let user = fields.required("user"),
            let api = fields.base("api", default: "https://api.pushover.net")
        else { return nil }
        return .pushover(api: api, token: token, user: user)
    }

    private func pagerDuty(_ fields: ChannelFields) -> Channel.Kind? {
        guard let key = fields.required("routing_key"),
            let url = fields.url("url", default: "https://events.pagerduty.com/v2/enqueue")
        else { return nil }
        return .pagerDuty(url: url, routingKey: key)
    }

    private func opsgenie(_ fields: ChannelFields) -> Channel.Kind? {
        guard let key = fields.required("api_key"), let api = fields.base("api", default: "https://api.opsgenie.com")
        else { return nil }
        return .opsgenie(api: api, key: key)
    }

    private func alertmanager(_ fields: ChannelFields) -> Channel.Kind? {
        guard let urls = fields.bases("urls") else { return nil }
        return .alertmanager(urls: urls)
    }

    private func mail(_ fields: ChannelFields) -> Channel.Kind? {
        guard let url = fields.required("url"), let from = fields.required("from"), let to = fields.texts("to") else {
            return nil
        }
        guard url.hasPrefix("smtp://") || url.hasPrefix("smtps://") else {
            fields.fault("url", "expected smtp://host:port or smtps://host:port, found `\(ChannelFields.shown(url))`")
            return nil
        }
        for (key, address) in [("from", from)] + to.map({ ("to", $0) }) where !Self.isAddress(address) {
            fields.fault(key, "expected an address of mail, found `\(address)`")
            return nil
        }
        return .mail(
            Channel.MailRelay(
                url: url, from: from, to: to, user: fields.text("user"), password: fields.secret("password")))
    }

    /// Whether the text is a mail address: `ops@example.com`, or with a name before it: `Ops <ops@example.com>`.
    private static func isAddress(_ text: String) -> Bool {
        guard !text.contains(where: \.isNewline), let at = text.lastIndex(of: "@"), at != text.startIndex else {
            return false
        }
        return !text[text.index(after: at)...].prefix { $0 != ">" }.isEmpty
    }

    private func exec(_ fields: ChannelFields) -> Channel.Kind? {
        guard let line = fields.texts("command"), let program = line.first else { return nil }
        guard program.hasPrefix("/") else {
            fields.fault("command", "expected the whole path of a program, found `\(program)`")
            return nil
        }
        var command = Channel.Command(line: line)
        command.timeout = fields.fields["timeout"]?.duration(1...600) ?? command.timeout
        command.input = fields.fields["input"]?.choice(Channel.Command.Input.self) ?? command.input
        return .exec(command)
    }

    private func apprise(_ fields: ChannelFields) -> Channel.Kind? {
        fields.url("url").map { .apprise(url: $0, tag: fields.text("tag")) }
    }
}

// MARK: Syslog

extension ChannelReader {
    private static let facilities = [
        "kern", "user", "mail", "daemon", "auth", "syslog", "lpr", "news", "uucp", "cron", "authpriv", "ftp", "ntp",
        "audit", "alert", "clock", "local0", "local1", "local2", "local3", "local4", "local5", "local6", "local7",
    ]

    private func syslog(_ fields: ChannelFields) -> Channel.Kind? {
        var collector = Channel.SyslogCollector()
        if let text = fields.text("address") {
            guard let address = Self.collector(text) else {
                fields.fault(
                    "address", "expected unix:/dev/log, udp://host:514 or tcp://host:601, found `\(text)`")
                return nil
            }
            collector = address
        }
        if let word = fields.fields["facility"]?.choice(Self.facilities) {
            collector.facility = Self.facilities.firstIndex(of: word) ?? collector.facility
        }
        return .syslog(collector)
    }

    private static func collector(_ text: String) -> Channel.SyslogCollector? {
        if text.hasPrefix("unix:") {
            let path = text.dropFirst("unix:".count + (text.hasPrefix("unix://") ? 2 : 0))
            return path.hasPrefix("/") ? Channel.SyslogCollector(transport: .unix, host: String(path)) : nil
        }
        let parts = text.split(separator: "://", maxSplits: 1)
        guard parts.count == 2, let transport = Channel.SyslogCollector.Transport(rawValue: String(parts[0])),
            transport != .unix
        else { return nil }
        // The last colon, unless it is part of an IPv6 address.
        let isBracketed = parts[1].hasPrefix("[")
        let end = isBracketed ? parts[1].firstIndex(of: "]") : parts[1].lastIndex(of: ":")
        var host = end.map { parts[1][..<$0] } ?? parts[1]
        var rest = end.map { parts[1][$0...] } ?? ""
        if isBracketed {
            guard end != nil else { return nil }
            host = host.dropFirst()
            rest = rest.dropFirst()
        }
        let port = rest.isEmpty ? 514 : Int(rest.dropFirst())
        guard !host.isEmpty, rest.isEmpty || rest.hasPrefix(":"), let port, (1...65_535).contains(port) else {
            return nil
        }
        return Channel.SyslogCollector(transport: transport, host: String(host), port: port)
    }
}
