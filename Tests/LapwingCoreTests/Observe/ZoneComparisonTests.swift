import DNSWire
import LapwingCore
import Testing

/// Versions of a whole zone beside each other.
@Suite("Whole zones compared")
struct ZoneComparisonTests {
    static let origin = "tern.test."
    static let start = Timestamp(seconds: 1_780_000_000)
    static let secret = AnswerDigest.Key(low: 1, high: 2)

    /// Records of a zone in text; the SOA of a serial comes first.
    static func records(_ serial: UInt32, _ lines: [String]) throws -> [Record] {
        let soa = "\(origin) 300 IN SOA ns.\(origin) host.\(origin) \(serial) 3600 600 1209600 30"
        return try ([soa] + lines).map(record)
    }

    static func record(_ line: String) throws -> Record {
        let words = line.split(separator: " ", maxSplits: 4).map(String.init)
        let type = try #require(RecordType(words[3]))
        return Record(
            name: try Name(words[0]), ttl: try #require(UInt32(words[1])),
            data: try RecordData(type: type, text: words[4]))
    }

    /// What is kept of a zone, as a store would.
    struct Kept {
        var head: ZoneHead?
        var sets: [RecordSetKey: ZoneSet] = [:]

        mutating func take(_ update: ZoneUpdate) {
            head = update.head
            if update.isFresh { sets = [:] }
            for set in update.put { sets[set.key] = set }
            for key in update.drop { sets[key] = nil }
        }

        mutating func take(_ serial: UInt32, _ lines: [String], watched: [String] = []) throws -> ZoneStep {
            var content = ZoneContent()
            content.take(try records(serial, lines))
            let step = try #require(
                ZoneComparison.whole(
                    content, from: "192.0.2.1", beside: head, sets, secret: secret,
                    watched: { watched.contains("\($0)") }, at: start))
            take(step.update)
            return step
        }

        mutating func take(
            from old: UInt32, to new: UInt32, removed: [String], added: [String]
        ) throws -> ZoneStep? {
            let zone = try Name(origin)
            let (before, after) = (try records(old, [])[0], try records(new, [])[0])
            let message = Message(
                flags: .isResponse,
                answers: [after, before] + (try removed.map(record)) + [after] + (try added.map(record)) + [after])
            var transfer = ZoneTransfer(zone: zone, kind: .changes(since: SerialNumber(rawValue: old)))
            guard case .done(.changes(let changes)) = try transfer.receive(message) else {
                Issue.record("no changes")
                return nil
            }
            let known = sets.filter { ZoneComparison.names(changes).contains($0.key.name) }
            let step = ZoneComparison.changes(
                changes, from: "192.0.2.1", beside: try #require(head), known, watched: { _ in false }, at: start)
            if let step { take(step.update) }
            return step
        }
    }

    static let first = [
        "tern.test. 300 IN NS ns.tern.test.", "ns.tern.test. 300 IN A 192.0.2.1",
        "www.tern.test. 300 IN A 198.51.100.1", "www.tern.test. 300 IN A 198.51.100.2",
        "old.tern.test. 300 IN TXT \"x\"",
    ]

    @Test("the first version has no difference, and signatures are not kept of it")
    func firstVersion() throws {
        var kept = Kept()
        let step = try kept.take(
            1, Self.first + ["www.tern.test. 300 IN RRSIG A 13 3 300 20300101000000 20260101000000 1 tern.test. AAAA"])
        #expect(step.difference == nil && step.before == nil && step.update.isFresh)
        #expect(step.update.head.records == 5 && step.update.head.sets == 4)
        #expect(kept.sets.keys.contains(RecordSetKey(try Name("www.tern.test"), .a)))
    }

    struct Case: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var removed: [String] = []
        var added: [String] = []
        var lines: [String]
        var isGrave = false
    }

    static let cases = [
        Case(
            testDescription: "a new name", added: ["vpn.tern.test. 300 IN A 203.0.113.9"],
            lines: ["new name vpn.tern.test. A 203.0.113.9"]),
        Case(
            testDescription: "a name that is gone", removed: ["old.tern.test. 300 IN TXT \"x\""],
            lines: ["name gone: old.tern.test. TXT, was \"x\""]),
        Case(
            testDescription: "another type at a name that is there", added: ["www.tern.test. 300 IN TXT \"y\""],
            lines: ["new: www.tern.test. TXT \"y\""]),
        Case(
            testDescription: "one record of two", removed: ["www.tern.test. 300 IN A 198.51.100.2"],
            added: ["www.tern.test. 300 IN A 198.51.100.3"],
            lines: ["changed: www.tern.test. A 198.51.100.1, 198.51.100.2 -> 198.51.100.1, 198.51.100.3"]),
        Case(
            testDescription: "a time to live", removed: ["old.tern.test. 300 IN TXT \"x\""],
            added: ["old.tern.test. 60 IN TXT \"x\""], lines: ["changed: TTL of old.tern.test. TXT 300 -> 60"]),
        Case(
            testDescription: "a delegation comes before all else",
            added: ["a.tern.test. 300 IN A 192.0.2.9", "sub.tern.test. 300 IN NS ns.elsewhere.test."],
            lines: ["new name sub.tern.test. NS ns.elsewhere.test.", "new name a.tern.test. A 192.0.2.9"], isGrave: true
        ),
        Case(
            testDescription: "a wildcard", added: ["*.tern.test. 300 IN A 192.0.2.9"],
            lines: ["new name *.tern.test. A 192.0.2.9"], isGrave: true),
        Case(
            testDescription: "letters alone are nothing", removed: ["ns.tern.test. 300 IN A 192.0.2.1"],
            added: ["NS.tern.test. 300 IN A 192.0.2.1"], lines: []),
    ]

    @Test("both ways of transfer tell the same", arguments: cases)
    func both(_ one: Case) throws {
        var whole = Kept()
        _ = try whole.take(1, Self.first)
        var changes = whole
        let lines = Self.first.filter { !one.removed.contains($0) } + one.added
        let first = try whole.take(2, lines)
        let second = try #require(try changes.take(from: 1, to: 2, removed: one.removed, added: one.added))
        #expect(first.difference?.lines == one.lines && second.difference?.lines == one.lines)
        #expect(first.difference?.items.first?.isGrave ?? false == one.isGrave)
        #expect(whole.sets == changes.sets, "what is kept differs")
        #expect(whole.head?.sets == changes.head?.sets && whole.head?.records == changes.head?.records)
        #expect(whole.head?.serial == changes.head?.serial)
    }

    @Test("changes that do not fit what is kept are not taken")
    func misfit() throws {
        var kept = Kept()
        _ = try kept.take(1, Self.first)
        let before = kept.sets
        #expect(try kept.take(from: 1, to: 2, removed: ["www.tern.test. 300 IN A 192.0.2.77"], added: []) == nil)
        #expect(try kept.take(from: 1, to: 2, removed: ["none.tern.test. 300 IN A 192.0.2.77"], added: []) == nil)
        #expect(kept.sets == before)
    }

    @Test("long data are told by their number, and compared all the same")
    func long() throws {
        let many = (0..<200).map { "big.tern.test. 300 IN A 10.0.0.\($0)" }
        var kept = Kept()
        _ = try kept.take(1, Self.first + many)
        let key = RecordSetKey(try Name("big.tern.test"), .a)
        #expect(kept.sets[key]?.data == [] && kept.sets[key]?.count == 200)
        var whole = kept
        let step = try #require(
            try kept.take(from: 1, to: 2, removed: [many[7]], added: ["big.tern.test. 300 IN A 10.1.0.1"]))
        #expect(
            step.difference?.lines == [
                "changed: big.tern.test. A 200 records too long to be kept -> 200 records too long to be kept"
            ])
        _ = try whole.take(2, Self.first + many.filter { $0 != many[7] } + ["big.tern.test. 300 IN A 10.1.0.1"])
        #expect(whole.sets == kept.sets)
        let same = try whole.take(3, Self.first + many.filter { $0 != many[7] } + ["big.tern.test. 300 IN A 10.1.0.1"])
        #expect(same.difference?.isEmpty == true && same.update.put.isEmpty && same.update.drop.isEmpty)
    }

    @Test("a dozen is written out, the rest is counted; what is watched by name is in neither")
    func many() throws {
        var kept = Kept()
        _ = try kept.take(1, Self.first)
        let step = try kept.take(
            2, Self.first + (0..<300).map { "h\($0).tern.test. 300 IN A 192.0.2.1" }, watched: ["h7.tern.test. A"])
        let difference = try #require(step.difference)
        #expect(difference.total == 299 && difference.newNames == 299 && difference.items.count == 64)
        #expect(difference.lines.count == 13 && difference.lines.last == "and 287 more")
        #expect(!difference.items.contains { "\($0.key)" == "h7.tern.test. A" })
        #expect(difference.counts == "299 new names, 299 record sets added")
        #expect(step.update.head.news?.total == 299)
    }

    @Test("a record that comes twice is one")
    func twice() throws {
        var kept = Kept()
        _ = try kept.take(1, Self.first + [Self.first[2]])
        #expect(kept.head?.records == 5)
    }
}
