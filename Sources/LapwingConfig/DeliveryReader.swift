import LapwingCore

/// Reads channels and routes.
struct DeliveryReader {
    let surroundings: SettingsReader.Surroundings

    private static let kinds = ["webhook", "slack", "telegram", "pagerduty", "alertmanager", "mail", "log"]

    func channels(_ value: ValueReader) -> [Channel] {
        (value.entries() ?? []).compactMap { name, _, value in
            guard let fields = value.fields(Self.kinds) else { return nil }
            guard fields.count == 1, let (kind, reader) = fields.first else {
                if value.isMapping {
                    value.fault("\(value.path): a channel has exactly one of \(Self.kinds.joined(separator: ", "))")
                }
                return nil
            }
            return self.kind(kind, reader).map { Channel(name: name, kind: $0) }
        }
    }

    private func kind(_ kind: String, _ reader: ValueReader) -> Channel.Kind? {
        switch kind {
        case "webhook":
            guard let fields = reader.fields(["url", "secret", "secret_file"]), let url = url(fields["url"], of: reader)
            else { return nil }
            return .webhook(url: url, secret: secret("secret", fields).map { Array($0.utf8) })
        case "slack":
            guard let fields = reader.fields(["url", "url_file"]) else { return nil }
            if let url = secret("url", fields) { return .slack(url: url) }
            return url(fields["url"], of: reader).map { .slack(url: $0) }
        case "telegram":
            guard let fields = reader.fields(["token", "token_file", "chat", "api"]),
                let token = required("token", secret("token", fields), reader),
                let chat = required("chat", fields["chat"]?.string(), reader)
            else { return nil }
            return .telegram(api: fields["api"]?.string() ?? "https://api.telegram.org", token: token, chat: chat)
        case "pagerduty":
            guard let fields = reader.fields(["routing_key", "routing_key_file", "url"]),
                let key = required("routing_key", secret("routing_key", fields), reader)
            else { return nil }
            let url = fields["url"]?.string() ?? "https://events.pagerduty.com/v2/enqueue"
            return .pagerDuty(url: url, routingKey: key)
        case "alertmanager":
            guard let fields = reader.fields(["urls"]),
                let urls = required("urls", fields["urls"]?.strings(orSingle: true), reader)
            else { return nil }
            return .alertmanager(urls: urls)
        case "mail":
            return mail(reader)
        default:
            return .log
        }
    }

    private func mail(_ reader: ValueReader) -> Channel.Kind? {
        let keys = ["url", "from", "to", "user", "password", "password_file"]
        guard let fields = reader.fields(keys), let url = required("url", fields["url"]?.string(), reader),
            let from = required("from", fields["from"]?.string(), reader),
            let to = required("to", fields["to"]?.strings(orSingle: true), reader)
        else { return nil }
        guard url.hasPrefix("smtp://") || url.hasPrefix("smtps://") else {
            fields["url"]?.fault("\(reader.path).url: expected smtp://host:port or smtps://host:port, found `\(url)`")
            return nil
        }
        return .mail(
            Channel.MailRelay(
                url: url, from: from, to: to, user: fields["user"]?.string(), password: secret("password", fields)))
    }

    private func url(_ field: ValueReader?, of reader: ValueReader) -> String? {
        guard let url = required("url", field?.string(), reader, noted: field != nil) else { return nil }
        guard url.hasPrefix("https://") || url.hasPrefix("http://") else {
            field?.fault("\(reader.path).url: expected http:// or https://, found `\(url)`")
            return nil
        }
        return url
    }

    private func required<Value>(_ key: String, _ value: Value?, _ reader: ValueReader, noted: Bool = false) -> Value? {
        if value == nil, !noted { reader.fault("\(reader.path): key `\(key)` is missing") }
        return value
    }

    /// A secret given in place or as a file with one line.
    private func secret(_ key: String, _ fields: [String: ValueReader]) -> String? {
        if let file = fields["\(key)_file"], let path = file.string() {
            guard let text = surroundings.contents(path) else {
                file.fault("\(file.path): cannot read \(path)")
                return nil
            }
            return String(text.prefix { !$0.isNewline })
        }
        return fields[key]?.string()
    }

    func routes(_ value: ValueReader, channels: [Channel]) -> [Route] {
        (value.list() ?? []).compactMap { member in
            guard let fields = member.fields(["to", "severity", "types", "tags"]) else { return nil }
            guard let to = fields["to"] else {
                member.fault("\(member.path): key `to` is missing")
                return nil
            }
            var route = Route(channels: [], severity: .warning)
            for name in to.list(orSingle: true) ?? [] {
                guard let text = name.string() else { continue }
                if channels.contains(where: { $0.name == text }) {
                    route.channels.append(text)
                } else {
                    let hint = Spelling.nearest(to: text, among: channels.map(\.name)).map { "; did you mean `\($0)`?" }
                    name.fault("\(name.path): there is no channel `\(text)`\(hint ?? "")")
                }
            }
            route.severity = fields["severity"]?.choice(Severity.self) ?? route.severity
            route.types = fields["types"].flatMap(RecordTypeList.read) ?? []
            route.tags = fields["tags"]?.strings(orSingle: true) ?? []
            return route
        }
    }
}
