import DNSWire
import LapwingConfig
import LapwingCore
import LapwingImport
import Testing

/// What the forms that keep records declare.
@Suite struct DeclaredSourceTests {
    static func source(
        _ files: [(String, String)], isFolder: Bool = false, origin: Name? = nil
    ) throws(ImportFault) -> DeclaredSource {
        let input = ImportInput(
            name: "zones", files: files.map { .init($0.0, [UInt8]($0.1.utf8)) }, isFolder: isFolder)
        return try DeclaredSource(input, source: "zones", revision: "abc", rules: Reading.rules, origin: origin)
    }

    /// `example.org. A 192.0.2.1 300 zones:2` for each record.
    static func lines(_ source: DeclaredSource, _ domain: String = "example.org") throws -> [String] {
        let zone = try #require(source.zones[try Name(domain)])
        return zone.keys.flatMap { key in
            zone.entries(key).map { entry in
                "\(key) \(entry.data?.text ?? "?") \(entry.ttl.map { "\($0)" } ?? "-") \(entry.place)"
            }
        }
    }

    @Test func zoneFile() throws {
        let text = "@ 60 SOA ns1 host 1 2 3 4 5\n@ NS ns1\nwww 300 A 192.0.2.1\n"
        let whole = try Self.source([("example.org.zone", text)])
        let zone = try #require(whole.zones[try Name("example.org")])
        #expect(zone.isComplete && zone.form == .zone && zone.revision == "abc" && whole.fault == nil)
        #expect(
            try Self.lines(whole) == [
                "example.org. SOA ns1.example.org. host.example.org. 1 2 3 4 5 60 example.org.zone:1",
                "example.org. NS ns1.example.org. 60 example.org.zone:2",
                "www.example.org. A 192.0.2.1 300 example.org.zone:3",
            ])
        let part = try Self.source([("records", "www 300 A 192.0.2.1\n")], origin: try Name("example.org"))
        #expect(try #require(part.zones[try Name("example.org")]).isComplete == false)
    }

    @Test func folderOfZoneFiles() throws {
        let source = try Self.source(
            [
                ("zones/example.org.zone", "@ 60 SOA a b 1 2 3 4 5\n"), ("zones/README.md", "# What this is\n"),
                ("zones/example.com.zone", "@ 60 SOA a b 1 2 3 4 5\n"),
            ], isFolder: true)
        #expect(
            source.zones.keys.map(\.description).sorted() == ["example.com.", "example.org."] && source.fault == nil)
    }

    @Test func octoDNS() throws {
        let text = """
            '': {type: ALIAS, value: elsewhere.example.}
            www: {type: A, ttl: 60, values: [192.0.2.1, 192.0.2.2]}
            geo: {type: A, value: 192.0.2.3, dynamic: {pools: {}}}
            kept: {type: A, value: 192.0.2.4, octodns: {ignored: true}}
            some: {type: A, value: 192.0.2.4, octodns: {excluded: [one]}}

            """
        let source = try Self.source([("example.org.yaml", text)])
        #expect(
            try Self.lines(source) == [
                "example.org. A ? - example.org.yaml:1 ('')", "example.org. AAAA ? - example.org.yaml:1 ('')",
                "www.example.org. A 192.0.2.1 60 example.org.yaml:2 (www)",
                "www.example.org. A 192.0.2.2 60 example.org.yaml:2 (www)",
                "geo.example.org. A ? - example.org.yaml:3 (geo)",
                "kept.example.org. A ? - example.org.yaml:4 (kept)",
                "some.example.org. A ? - example.org.yaml:5 (some)",
            ])
        #expect(try #require(source.zones[try Name("example.org")]).isComplete)
    }

    @Test func dnscontrol() throws {
        for (more, isComplete) in [
            ("", true), (#""keepunknown": true, "#, false), (#""unmanaged": [{"a": 1}], "#, false),
        ] {
            let text =
                #"{"domains": [{"name": "example.org", "# + more
                + #""dnsProviders": {}, "records": [{"type": "A", "name": "www", "target": "192.0.2.1", "ttl": 60}]}]}"#
            let zone = try #require(try Self.source([("ir.json", text)]).zones[try Name("example.org")])
            #expect(zone.isComplete == isComplete && zone.form == .dnsControl, "\(more)")
        }
    }

    @Test func terraform() throws {
        let text = """
            {"version": 4, "terraform_version": "1", "resources": [
            {"mode": "managed", "type": "cloudflare_record", "name": "a", "instances": [{"attributes":
             {"zone_id": "example.org", "hostname": "www.example.org", "type": "A", "content": "192.0.2.1", "ttl": 1}}]},
            {"mode": "managed", "type": "cloudflare_record", "name": "b", "instances": [{"attributes":
             {"zone_id": "example.org", "hostname": "p.example.org", "type": "A", "content": "192.0.2.2", "proxied": true}}]}]}
            """
        let zone = try #require(try Self.source([("s.tfstate", text)]).zones[try Name("example.org")])
        let entry = try #require(zone.entries(RecordSetKey(try Name("www.example.org"), .a)).first)
        #expect(!zone.isComplete && entry.ttl == nil && entry.path == "cloudflare_record.a")
        #expect(entry.attribute == DeclaredZone.Attribute(name: "content", isList: false))
        #expect(zone.set(RecordSetKey(try Name("p.example.org"), .a)) == .open)
    }

    @Test(
        arguments: [
            ([("a.zone", "@ 60 SOA x\n")], "a.zone:1:"), ([("list.txt", "example.org\n")], "declares no records"),
            ([("e.yaml", "www: {type: A, value: 1.2.3.4\n")], "e.yaml:2:1: not YAML"),
        ] as [([(String, String)], String)])
    func broken(_ files: [(String, String)], _ reason: String) throws {
        do throws(ImportFault) {
            _ = try Self.source(files)
            Issue.record("was read")
        } catch {
            #expect("\(error)".contains(reason), "\(error)")
        }
    }

    /// What cannot be read of a source is not taken for absence.
    @Test func readInPart() throws {
        let text = "www: {type: A, value: 192.0.2.1}\na..b: {type: A, value: 192.0.2.2}\n"
        let source = try Self.source([("example.org.yaml", text)])
        #expect(source.fault == "example.org.yaml:2 (a..b): `a..b` is no name")
        #expect(try #require(source.zones[try Name("example.org")]).isComplete == false)
    }

    @Test func gitRevision() {
        let hash = String(repeating: "0123456789", count: 4)
        func revision(_ files: [String: String], _ path: String = "/r/zones/a.zone") -> String? {
            GitRevision.of(path) { files[$0] }
        }
        let head = "ref: refs/heads/main\n"
        #expect(revision(["/r/.git/HEAD": head, "/r/.git/refs/heads/main": hash + "\n"]) == "012345678901")
        #expect(
            revision(["/r/.git/HEAD": head, "/r/.git/packed-refs": "# pack\n\(hash) refs/heads/main\n"])
                == "012345678901")
        #expect(revision(["/r/.git/HEAD": hash]) == "012345678901")
        #expect(
            revision([
                "/r/.git": "gitdir: ../main/.git/worktrees/r\n", "/main/.git/worktrees/r/HEAD": head,
                "/main/.git/worktrees/r/commondir": "../..\n", "/main/.git/refs/heads/main": hash,
            ]) == "012345678901")
        #expect(revision(["/r/.git/HEAD": "ref: refs/../../etc/passwd", "/etc/passwd": hash]) == nil)
        #expect(revision(["/r/.git/HEAD": "ref: refs/heads/none"]) == nil)
        #expect(revision([:]) == nil && revision([:], "/") == nil && revision([:], "") == nil)
    }

    /// What is expected and where records are declared comes back from an export.
    @Test func exported() throws {
        let reader = try #require(Reading.reader)
        let name = try Name("example.org")
        for text in [
            #"{"www/A": ["192.0.2.1"]}"#, #"{"www/A": {"absent": "true"}}"#,
            #"{"TXT": {"matching": ["v=spf1 *"], "ttl": {"min": "60"}, "count": {"max": "3"}}}"#,
            #"{"www/A": {"exactly": ["192.0.2.1"], "ttl": "300"}}"#,
            #"{"www/A": {"any_of": ["192.0.2.1"], "within": ["192.0.2.0/24"], "count": "2"}}"#,
        ] {
            let watch = try reader.watch(name, options: #"{"expect": \#(text)}"#)
            let options = DomainOptions(of: watch)
            #expect(options["expect"]?.json == text)
            #expect(watch.saysTheSame(as: try reader.watch(name, options: options.json)), "\(text)")
        }
        var watch = try reader.watch(name, options: "{}")
        watch.declaration = Declaration(sources: ["a.zone"], isOwn: true)
        let plain = watch
        watch.declare(try Self.source([("example.org.zone", "@ 60 SOA a b 1 2 3 4 5\nx 60 A 192.0.2.1\n")]).zones[name])
        #expect(watch.sets.count == plain.sets.count + 1 && watch.saysTheSame(as: plain))
        #expect(DomainOptions(of: watch).json == #"{"declared": ["a.zone"]}"#)
        watch.declare(nil, fault: "gone")
        #expect(watch.sets == plain.sets && watch.declaration?.fault == "gone")
    }
}
