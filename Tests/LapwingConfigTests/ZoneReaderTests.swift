import DNSWire
import LapwingConfig
import LapwingCore
import Testing

@Suite("Whole zones in the configuration")
struct ZoneReaderTests {
    @Test("keys, where a zone is fetched from, and who may say that it changed")
    func read() throws {
        let settings = try SettingsReaderTests.read(
            """
            keys:
              Transfer.example: {algorithm: hmac-sha512, secret_file: tsig}
              plain: {secret: c2VjcmV0c2VjcmV0}
            defaults: {transfer: {from: 192.0.2.9}}
            domains:
              - name: a.example
                transfer: {from: [192.0.2.1, '192.0.2.2:5353', 'tcp://[2001:db8::1]:54'], key: transfer.example, max_records: 1000}
              - {name: b.example, transfer: false, open_transfer: false}
              - c.example
            notify: {listen: ':5301', allow: [192.0.2.1, 198.51.100.0/24], key: plain}
            """, files: ["tsig": "c2VjcmV0c2VjcmV0\nmore\n"])
        #expect(settings.keys.map(\.name.description) == ["Transfer.example.", "plain."])
        #expect(settings.keys.map(\.algorithm) == [.sha512, .sha256])
        #expect(settings.keys.map { String(decoding: $0.secret, as: UTF8.self) } == ["secretsecret", "secretsecret"])
        let source = try #require(settings.watches[0].transfer)
        #expect(source.servers.map(\.description) == ["192.0.2.1", "192.0.2.2:5353", "[2001:db8::1]:54"])
        #expect(source.key == (try Name("transfer.example")) && source.mostRecords == 1000)
        #expect(settings.watches[0].asksForZone)
        #expect(settings.watches[1].transfer == nil && !settings.watches[1].asksForZone)
        #expect(settings.watches[2].transfer?.servers.map(\.description) == ["192.0.2.9"])
        let notify = try #require(settings.notifications)
        #expect(notify.listen == Settings.Listener(host: "0.0.0.0", port: 5301))
        #expect(notify.allow.map(\.description) == ["192.0.2.1/32", "198.51.100.0/24"])
        #expect(notify.key == (try Name("plain")))
    }

    struct Faulty: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var text: String
        var fault: String
    }

    static let faulty = [
        Faulty(
            testDescription: "a key that there is not",
            text:
                "keys: {one: {secret: c2VjcmV0c2VjcmV0}}\ndomains: [{name: a.example, transfer: {from: 192.0.2.1, key: on}}]",
            fault: "2:62: error: domains[0].transfer.key: `on` is not among the keys; did you mean `one`?"),
        Faulty(
            testDescription: "no servers", text: "domains: [{name: a.example, transfer: {from: []}}]",
            fault: "1:46: error: domains[0].transfer.from: 0 servers; from 1 to 8 are taken"),
        Faulty(
            testDescription: "a name for a server",
            text: "domains: [{name: a.example, transfer: {from: [ns.example]}}]",
            fault:
                "1:47: error: domains[0].transfer.from[0]: `ns.example` is no server (192.0.2.1, 192.0.2.1:5353, [2001:db8::1]:53)"
        ),
        Faulty(
            testDescription: "true", text: "domains: [{name: a.example, transfer: true}]",
            fault:
                "1:39: error: domains[0].transfer: say from which servers the zone is fetched, such as {from: [192.0.2.1]}"
        ),
        Faulty(
            testDescription: "a secret that is none", text: "keys: {one: {secret: hush!}}\ndomains: [a.example]",
            fault:
                "1:22: error: keys.one.secret: expected a secret in Base64, of 8 bytes or more, as tsig-keygen prints it"
        ),
        Faulty(
            testDescription: "an algorithm that is none",
            text: "keys: {one: {algorithm: hmac-md5, secret: c2VjcmV0c2VjcmV0}}\ndomains: [a.example]",
            fault:
                "1:25: error: keys.one.algorithm: `hmac-md5` is none of hmac-sha1, hmac-sha256, hmac-sha384, hmac-sha512"
        ),
        Faulty(
            testDescription: "no secret", text: "keys: {one: {}}\ndomains: [a.example]",
            fault: "1:13: error: keys.one: key `secret` is missing"),
        Faulty(
            testDescription: "a sender that is none",
            text: "domains: [a.example]\nnotify: {listen: '127.0.0.1:5301', allow: [ns.example]}",
            fault:
                "2:44: error: notify.allow[0]: `ns.example` is no address and no block of addresses such as 192.0.2.0/24"
        ),
        Faulty(
            testDescription: "nobody may say so", text: "domains: [a.example]\nnotify: {listen: '127.0.0.1:5301'}",
            fault: "2:9: error: notify: key `allow` is missing"),
        Faulty(
            testDescription: "a place that is none",
            text: "domains: [a.example]\nnotify: {listen: 'here:5301', allow: [192.0.2.1]}",
            fault: "2:18: error: notify.listen: expected address:port such as 0.0.0.0:5301, found `here:5301`"),
    ]

    @Test("mistakes are refused with their place", arguments: faulty)
    func faults(_ one: Faulty) { #expect(SettingsReaderTests.faults(one.text) == ["lapwing.yml:" + one.fault]) }
}
