/// The configuration that `lapwing init` writes: the user's input, with suggestions for additions.
package struct StarterConfiguration {
    /// In the order of the file.
    package var domains: [String]
    /// In the format of the configuration, such as `5m`; nil for the default.
    package var interval: String?
    /// The type of a channel in the configuration, and its URL.
    package var channels: [(kind: String, url: String)]

    package init(domains: [String], interval: String? = nil, channels: [(kind: String, url: String)] = []) {
        self.domains = domains
        self.interval = interval
        self.channels = channels
    }

    /// The file, which is valid if its members are.
    package var text: String {
        var lines = [
            "# Lapwing's configuration. All keys: lapwing.yml(5), docs/configuration.md, or `lapwing config example`.",
            "# After a change: `lapwing config check`, then SIGHUP or a restart.", "",
            "# Where the web page, the API and /metrics listen. Beyond this machine only with a password or token.",
            "listen: 127.0.0.1:9053", "",
            "# History, incidents and waiting alerts: one SQLite file, in the folder in which the daemon works.",
            "store: lapwing.db", "", "# How often each domain is checked, 10s to 1d.",
            "interval: \(interval ?? "5m")", "",
            "# The present state of a domain is learnt; no expected values are needed.",
        ]
        lines +=
            domains.isEmpty
            ? ["domains: []", "#  - example.com"] : ["domains:"] + domains.map { "  - \(Self.quoted($0))" }
        lines += [
            "  # - name: example.org", "  #   names: [\"@\", www, portal]      # default: the domain itself and www",
            "  #   expect: {\"www/A\": [192.0.2.10]}", "  #   tags: [client-a]",
            "  # - file: domains.txt             # one name a line",
            "",
            "# Who gets alerts. Without routes every channel gets warnings and worse, and each change of a record that",
            "# was not announced.",
        ]
        lines += channels.isEmpty ? ["# channels:"] : ["channels:"]
        var names: [String: Int] = [:]
        for channel in channels {
            names[channel.kind, default: 0] += 1
            let count = names[channel.kind] ?? 1
            let name = count == 1 ? channel.kind : "\(channel.kind)-\(count)"
            lines.append("  \(name): {\(channel.kind): {url: \(Self.quoted(channel.url))}}")
        }
        lines += [
            "#  chat: {slack: {url: \"${SLACK_URL}\"}}",
            "#  mail: {mail: {url: \"smtp://mail.example.com:587\", from: lapwing@example.com, to: [ops@example.com]}}",
            "",
        ]
        return lines.joined(separator: "\n")
    }

    /// Returns a YAML string that the reader takes literally, including dollar signs.
    private static func quoted(_ text: String) -> String {
        let isPlain = text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-._".contains($0)) }
        if isPlain, text.contains("."), text.first?.isLetter == true { return text }
        var escaped = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\": escaped += "\\\(scalar)"
            case "$": escaped += "$$"
            case _ where scalar.value < 0x20 || scalar.value == 0x7F:
                escaped += "\\x" + String(scalar.value + 0x100, radix: 16).dropFirst()
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return "\"\(escaped)\""
    }
}
