import DNSWire
import LapwingConfig
import LapwingCore
import Testing

@Suite("Names with types of their own")
struct WatchedNamesTests {
    private static func sets(_ names: String) throws -> [String] {
        let settings = try SettingsReaderTests.read(
            "domains: [{name: example.com, records: [A, NS], names: \(names)}]\n")
        return settings.watches[0].sets.map(\.description)
    }

    @Test("a name that says none has the usual types")
    func mapping() throws {
        #expect(
            try Self.sets(#"{"@": , www: [AAAA, TXT], mail: }"#) == [
                "example.com. A", "example.com. NS", "www.example.com. AAAA", "www.example.com. TXT",
                "mail.example.com. A",
            ])
        #expect(try Self.sets(#"["@", www]"#) == ["example.com. A", "example.com. NS", "www.example.com. A"])
    }

    @Test("what a list says replaces what a mapping of the defaults says")
    func replaced() throws {
        let settings = try SettingsReaderTests.read(
            "defaults: {records: [A], names: {x: [MX]}}\ndomains: [example.com, {name: example.org, names: [x]}]\n")
        #expect(settings.watches.map { $0.sets.map(\.description) } == [["x.example.com. MX"], ["x.example.org. A"]])
    }

    static let faults = [
        ("{www: [NS]}", "NS is asked of the domain itself only"), ("{www: [NOPE]}", "no record type"),
        ("{www: [A], www: [A]}", "duplicate key"), ("{www: A}", "expected a list"),
        (
            "{" + (0..<1001).map { "h\($0): [A]" }.joined(separator: ", ") + "}",
            "1001 names with their types are 1002 record sets"
        ),
    ]

    @Test("mistakes have a place", arguments: faults.indices)
    func fault(_ index: Int) {
        let found = SettingsReaderTests.faults(
            "domains: [{name: example.com, records: [A, NS], names: \(Self.faults[index].0)}]\n")
        #expect(found.contains { $0.contains(Self.faults[index].1) }, "\(found)")
    }
}
