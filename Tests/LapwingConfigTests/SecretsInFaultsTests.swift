import LapwingConfig
import LapwingCore
import Testing

@Suite("Secrets in the faults of a configuration")
struct SecretsInFaultsTests {
    /// Parts of it are secrets too, and so it is in other letters.
    static let values = [
        "hooks.slack.com/services/T0/B0/SECRETWORD", "SECRETWORD", "ftp://u:SECRETWORD@host/SECRETWORD", "SECRETWORD/A",
        "a b SECRETWORD", "-1SECRETWORD",
    ]

    /// What else has to stand in a mapping before its other keys are looked at.
    static let companions: [KnownMapping: [String: String]] = [
        .domain: ["name": "example.com"], .route: ["to": "a"], .escalation: ["after": "5m", "to": "a"],
        .health: ["needs": "1", "of": "[example.com]"], .hours: ["from": "'08:00'", "to": "'09:00'"],
        .quiet: ["from": "'08:00'", "to": "'09:00'"], .resolver: ["address": "8.8.8.8"],
        .maintenance: ["from": "2026-01-01", "to": "2026-01-02"], .webhook: ["url": "https://a/b"],
        .telegram: ["token": "t", "chat": "1"], .matrix: ["homeserver": "https://a", "room": "'!a:b'", "token": "t"],
        .ntfy: ["url": "https://a/b"], .gotify: ["url": "https://a", "token": "t"],
        .pushover: ["token": "t", "user": "u"], .pagerDuty: ["routing_key": "k"], .opsgenie: ["api_key": "k"],
        .alertmanager: ["urls": "http://a"], .mail: ["url": "smtp://a", "from": "a@b.c", "to": "a@b.c"],
        .exec: ["command": "/bin/a"], .apprise: ["url": "http://a"], .heartbeat: ["url": "http://a"],
        .proxy: ["url": "http://a:1"],
    ]

    /// The file with one key of the mapping set, the mapping where it belongs.
    static func file(_ mapping: KnownMapping, _ key: String, _ value: String) -> String {
        var members = companions[mapping] ?? [:]
        members[key] = value
        var text = "{" + members.sorted { $0.key < $1.key }.map { "\($0): \($1)" }.joined(separator: ", ") + "}"
        for segment in mapping.place.split(separator: ".").reversed() {
            let name = segment == "NAME" ? "a" : segment.replacing("[]", with: "")
            text = segment.hasSuffix("[]") ? "{\(name): [\(text)]}" : "{\(name): \(text)}"
        }
        return text
    }

    private static func faults(_ text: String, secret: String) -> [String] {
        let surroundings = SettingsReader.Surroundings(environment: ["PASSWORD": secret], contents: { _ in secret })
        do throws(ConfigFaults) {
            _ = try SettingsReader(surroundings).read(text, file: "f")
            return []
        } catch {
            return error.faults.map(\.description)
        }
    }

    @Test("no fault repeats what a variable stands for, whatever key it is for", arguments: KnownMapping.allCases)
    func variables(_ mapping: KnownMapping) {
        for key in mapping.keys {
            for secret in Self.values {
                for value in ["\"${PASSWORD}\"", "[\"${PASSWORD}\"]", "\"x${PASSWORD}\"", "\"${NONE:-}${PASSWORD}\""] {
                    for fault in Self.faults(Self.file(mapping, key, value), secret: secret)
                    where fault.lowercased().contains("secretword") {
                        Issue.record("\(mapping.place).\(key): \(value): \(fault)")
                    }
                }
            }
        }
    }

    @Test("the table reaches the keys: a wrong value is told for most of them")
    func reached() {
        let told = KnownMapping.allCases.flatMap { mapping in
            mapping.keys.filter { key in
                Self.faults(Self.file(mapping, key, "\"${PASSWORD}\""), secret: "x y")
                    .contains { $0.contains("\(key)") || $0.contains("${PASSWORD}") || $0.contains("x y") }
            }
        }
        #expect(told.count > 70)
    }

    @Test(
        "of an address only the host is repeated, also where it stands in the file itself",
        arguments: [
            ("slack: {url: hooks.slack.com/services/T0/B0/SECRETWORD}", "hooks.slack.com…"),
            ("webhook: {url: 'ftp://u:SECRETWORD@host/a'}", "ftp://host…"), ("teams: {url: host}", "`host`"),
            ("mail: {url: 'http://u:SECRETWORD@relay', from: a@b.c, to: a@b.c}", "http://relay…"),
            ("alertmanager: {urls: ['u:SECRETWORD@host']}", "`host…`"),
        ])
    func addresses(channel: String, shown: String) {
        let faults = Self.faults("channels: {a: {\(channel)}}\n", secret: "")
        #expect(faults.count == 1)
        #expect(faults.allSatisfy { !$0.contains("SECRETWORD") && $0.contains(shown) }, "\(faults)")
    }

    @Test("a value by a variable is shown as the file has it")
    func shown() {
        let faults = Self.faults(
            "channels: {a: {slack: {url: \"${PASSWORD}\"}}}\n", secret: "hooks.slack.com/SECRETWORD")
        #expect(faults.allSatisfy { $0.hasSuffix("expected http:// or https://, found `${PASSWORD}`") }, "\(faults)")
        #expect(!faults.isEmpty)
    }
}
