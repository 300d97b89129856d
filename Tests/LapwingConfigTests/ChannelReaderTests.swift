import LapwingConfig
import LapwingCore
import Testing

@Suite("Channels in the configuration")
struct ChannelReaderTests {
    private static func read(_ channel: String) throws(ConfigFaults) -> Channel.Kind? {
        let surroundings = SettingsReader.Surroundings(
            environment: [:], contents: { $0 == "url" ? "ftp://secret" : nil })
        return try SettingsReader(surroundings).read("domains: [example.com]\nchannels: {a: {\(channel)}}\n", file: "f")
            .channels.first?.kind
    }

    static let kinds: [(String, Channel.Kind)] = [
        // What is posted to is taken as it stands; what is the beginning of addresses loses its slash.
        ("webhook: {url: 'https://a/hook/'}", .webhook(url: "https://a/hook/", secret: nil)),
        ("gotify: {url: 'https://a/', token: t}", .gotify(url: "https://a", token: "t")),
        ("ntfy: {url: 'https://a/b/topic/'}", .ntfy(server: "https://a/b", topic: "topic", token: nil)),
        (
            "matrix: {homeserver: 'https://a/', room: '!r:a', token: t}",
            .matrix(homeserver: "https://a", room: "!r:a", token: "t")
        ),
        ("alertmanager: {urls: 'http://a:9093/'}", .alertmanager(urls: ["http://a:9093"])),
        ("opsgenie: {api_key: k}", .opsgenie(api: "https://api.opsgenie.com", key: "k")),
        ("exec: {command: /bin/a}", .exec(Channel.Command(line: ["/bin/a"]))),
        (
            "exec: {command: [/bin/a, $$(b)], timeout: 1m, input: text}",
            .exec(Channel.Command(line: ["/bin/a", "$(b)"], timeout: 60, input: .text))
        ),
        ("syslog: {}", .syslog(Channel.SyslogCollector())),
        (
            "syslog: {address: 'udp://a', facility: local3}",
            .syslog(Channel.SyslogCollector(transport: .udp, host: "a", port: 514, facility: 19))
        ),
        (
            "syslog: {address: 'tcp://[2001:db8::1]:601'}",
            .syslog(Channel.SyslogCollector(transport: .tcp, host: "2001:db8::1", port: 601))
        ),
        ("syslog: {address: 'unix:/a/b'}", .syslog(Channel.SyslogCollector(host: "/a/b"))),
        ("syslog: {address: 'unix:///a/b'}", .syslog(Channel.SyslogCollector(host: "/a/b"))),
        ("journal: {}", .journal),
        ("apprise: {url: 'http://a/notify/k'}", .apprise(url: "http://a/notify/k", tag: nil)),
    ]

    @Test("are read", arguments: kinds.indices)
    func kind(_ index: Int) throws {
        #expect(try Self.read(Self.kinds[index].0) == Self.kinds[index].1)
    }

    static let faults = [
        ("webhook: {}", "key `url` is missing"), ("webhook: {url: 'https://'}", "expected http:// or https://"),
        ("webhook: {url: 'https:// a'}", "expected http:// or https://"), ("teams: {url: x}", "found `x`"),
        ("discord: {url_file: nosuch}", "cannot read nosuch"),
        ("ntfy: {url: 'https://ntfy.sh'}", "the address of a topic"),
        ("matrix: {homeserver: 'https://a', room: '#r:a', token: t}", "a room's id"),
        ("pushover: {token: t}", "key `user` is missing"), ("exec: {command: []}", "the list is empty"),
        ("exec: {command: curl}", "the whole path"), ("exec: {command: /a, timeout: 1h}", "outside 1s to 10m"),
        ("exec: {command: /a, input: xml}", "none of json, text"),
        ("syslog: {address: 'udp://a:0'}", "expected unix:"), ("syslog: {address: 'unix://a'}", "expected unix:"),
        ("syslog: {address: 'tcp://[::1'}", "expected unix:"), ("syslog: {facility: x}", "none of kern"),
        ("mail: {url: 'smtp://a', from: a, to: [b@c]}", "an address of mail"),
        ("mail: {url: 'smtp://a', from: a@b, to: ['b@']}", "an address of mail"),
        ("alertmanager: {urls: []}", "the list is empty"),
    ]

    @Test("are refused with what is wrong", arguments: faults.indices)
    func fault(_ index: Int) {
        do throws(ConfigFaults) {
            Issue.record("read as \(String(describing: try Self.read(Self.faults[index].0)))")
        } catch {
            let text = error.faults.map(\.description).joined(separator: "\n")
            #expect(text.contains(Self.faults[index].1), "\(text)")
        }
    }

    @Test("do not tell what stands in a file that holds a secret")
    func secret() {
        do throws(ConfigFaults) {
            _ = try Self.read("slack: {url_file: url}")
            Issue.record("was read")
        } catch {
            #expect(error.faults.map(\.description).joined().contains("secret") == false)
        }
    }
}
