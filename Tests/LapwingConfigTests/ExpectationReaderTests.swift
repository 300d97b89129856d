import DNSWire
import LapwingConfig
import LapwingCore
import Testing

/// What may be expected of a record set, and every way to say it wrongly.
@Suite("Expectations")
struct ExpectationReaderTests {
    private static func read(_ expect: String) throws(ConfigFaults) -> RecordExpectation? {
        let text = "domains:\n  - name: example.org\n    expect: {\(expect)}\n"
        let surroundings = SettingsReader.Surroundings(environment: [:], contents: { _ in nil })
        return try SettingsReader(surroundings).read(text, file: "lapwing.yml").watches.first?.expected.values.first
    }

    private static func faults(_ expect: String) -> [String] {
        do throws(ConfigFaults) {
            _ = try read(expect)
            return []
        } catch {
            return error.faults.map(\.description)
        }
    }

    @Test("every form is read, with its place")
    func forms() throws {
        let exact = try #require(try Self.read("www/A: [192.0.2.1, 192.0.2.2]"))
        #expect(exact.exactly?.map(\.text) == ["192.0.2.1", "192.0.2.2"] && exact.place == "lapwing.yml:3")
        #expect(try Self.read("www/A: 192.0.2.1")?.exactly?.count == 1)
        #expect(try Self.read("www/A: []")?.wantsRecords == false)
        let pool = try #require(
            try Self.read("www/A: {any_of: [192.0.2.1, 198.51.100.2], within: 192.0.2.0/24, count: {min: 1, max: 2}}"))
        #expect(pool.anyOf?.count == 2 && pool.within.map(\.description) == ["192.0.2.0/24"] && pool.count == 1...2)
        let texts = try #require(try Self.read("TXT: {matching: ['v=spf1 *', 'site=?*'], ttl: 5m}"))
        #expect(texts.matching.map(\.description) == ["v=spf1 *", "site=?*"] && texts.ttl == 300...300)
        #expect(try Self.read("www/A: {exactly: 192.0.2.1, ttl: {min: 60}}")?.ttl == 60...UInt32(Int32.max))
        #expect(try Self.read("www/A: {count: 2}")?.count == 2...2)
        #expect(try Self.read("www/A: {ttl: 3600}")?.ttl == 3600...3600)
        #expect(try Self.read("old/A: {absent: true}")?.isAbsent == true)
        #expect(try Self.read("www/AAAA: {within: [2001:db8::/32, 2001:db9::1]}")?.within.count == 2)
    }

    @Test(
        "every bad form is told with its place and the reason",
        arguments: [
            ("www/A: {}", "3:21: error: domains[0].expect.www/A: nothing is expected"),
            ("www/A: {any: [192.0.2.1]}", "3:22: error: unknown key `any` in domains[0].expect.www/A"),
            ("www/A: {any_of: []}", "3:30: error: domains[0].expect.www/A.any_of: the list is empty"),
            ("www/A: {any_of: [host]}", "`host` is no A data"),
            ("www/A: {exactly: {a: b}}", "expected a list, found a mapping"),
            ("MX: {within: 192.0.2.0/24}", "only A and AAAA have addresses"),
            (
                "www/A: {within: 192.0.2.1/24}",
                "3:30: error: domains[0].expect.www/A.within: expected a network such as"
            ),
            ("www/A: {within: '2001:db8::/32'}", "no A record can lie in 2001:db8::/32"),
            ("www/A: {within: []}", "3:30: error: domains[0].expect.www/A.within: the list is empty"),
            ("TXT: {matching: ''}", "this pattern cannot be used: it is empty"),
            ("TXT: {matching: '*'}", "this pattern cannot be used: it matches everything"),
            (
                "TXT: {matching: 'a\\'}",
                "3:30: error: domains[0].expect.TXT.matching: this pattern cannot be used: nothing"
            ),
            ("TXT: {matching: '\(String(repeating: "*a", count: 17))'}", "it has more than 16 stars"),
            ("TXT: {matching: '\(String(repeating: "a", count: 256))'}", "it is longer than 255 characters"),
            ("www/A: {absent: false}", "`false` says nothing"),
            ("www/A: {absent: maybe}", "expected true or false"),
            ("www/A: {absent: true, ttl: 5m}", "`absent` and `ttl` contradict each other"),
            ("www/A: {exactly: 192.0.2.1, count: 1}", "`exactly` and `count` contradict each other"),
            ("www/A: {ttl: soon}", "expected seconds, or a duration such as 5m, found `soon`"),
            ("www/A: {ttl: 4294967295}", "expected seconds, or a duration"),
            ("www/A: {ttl: {min: 5m, max: 1m}}", "`min` is larger than `max`"),
            ("www/A: {ttl: {}}", "neither `min` nor `max` is said"),
            ("www/A: {ttl: {least: 5}}", "unknown key `least` in domains[0].expect.www/A.ttl"),
            ("www/A: {count: 0}", "0 is outside 1 to 10000"),
            ("www/A: {count: many}", "expected a whole number"),
            ("www/A: {count: {max: 20000}}", "20000 is outside 1 to 10000"),
        ])
    func mistakes(_ text: String, _ fault: String) {
        let faults = Self.faults(text)
        #expect(faults.count == 1 && faults[0].contains(fault), "\(faults)")
    }

    private static func declaration(_ text: String) throws(ConfigFaults) -> [Declaration?] {
        let surroundings = SettingsReader.Surroundings(environment: [:], contents: { _ in "a.example\n" })
        return try SettingsReader(surroundings).read(text, file: "f").watches.map(\.declaration)
    }

    @Test("sources of declared records are for one domain or for all, and can be left out")
    func sources() throws {
        let found = try Self.declaration(
            """
            defaults: {declared: octodns/}
            domains:
              - plain.example
              - {name: own.example, declared: [own.zone, all.zone]}
              - {name: none.example, declared: false}
              - {file: list.txt}

            """)
        #expect(found.map { $0?.sources } == [["octodns/"], ["own.zone", "all.zone"], nil, ["octodns/"]])
        #expect(found.map { $0?.isOwn } == [false, true, nil, false])
        #expect(found[1]?.place == "f:4")
    }

    @Test("no source is no way to say it", arguments: ["[]", "['']", "{a: b}", "true"])
    func badSources(_ text: String) {
        do throws(ConfigFaults) {
            let found = try Self.declaration("domains: [{name: a.example, declared: \(text)}]\n")
            // A file may be called so.
            #expect(text == "true" && found.first??.sources == ["true"])
        } catch {
            #expect(
                error.faults.count == 1 && error.faults[0].description.hasPrefix("f:1:39: error: domains[0].declared"))
        }
    }

    @Test("who adds domains at run time names no files")
    func added() throws {
        let reader = try SettingsReader(.init(environment: [:], contents: { _ in nil }))
            .readAll("defaults: {declared: zones}\ndomains: []\n", file: "f").added
        let name = try Name("a.example")
        #expect(try reader.watch(name, options: "{}").declaration?.sources == ["zones"])
        do throws(ConfigFaults) {
            _ = try reader.watch(name, options: #"{"declared": "/etc/passwd"}"#)
            Issue.record("was taken")
        } catch {
            #expect(error.faults[0].text.contains("unknown key `declared`"))
        }
    }
}
