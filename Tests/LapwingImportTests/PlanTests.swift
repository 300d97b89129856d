import DNSWire
import LapwingConfig
import LapwingCore
import LapwingImport
import Testing

@Suite("What an import would change")
struct PlanTests {
    private static func watch(_ name: Name, _ options: DomainOptions) throws(ImportPlan.Unfit) -> Watch {
        guard let reader = Reading.reader else { return Watch(domain: name, sets: []) }
        return try reader.watch(name, options)
    }

    private static func plan(_ text: String, _ known: [Name: ImportPlan.Known] = [:]) throws -> ImportPlan {
        ImportPlan(try Reading.read(text).domains, known: known, watch: watch)
    }

    private static func known(_ json: String, isHere: Bool = true, _ name: Name) throws -> ImportPlan.Known {
        let options = try #require(DomainOptions(json: json))
        return .init(
            isHere: isHere, isOfSource: true, options: options, watch: try watch(name, options), holder: "here")
    }

    @Test("new, changed, unchanged, gone, and what stands elsewhere")
    func standings() throws {
        let names = try ["a.example.", "b.example.", "c.example.", "d.example.", "e.example."].map { try Name($0) }
        let table = "Domain,Expires\na.example,2027-03-02\nb.example,2027-03-02\nc.example,2027-03-02\nd.example,\n"
        let plan = try Self.plan(
            table,
            [
                names[1]: Self.known(#"{"expires": "2026-03-02", "interval": "1m"}"#, names[1]),
                names[2]: Self.known(#"{"interval": "1m", "expires": "2027-03-02T00:00:00Z"}"#, names[2]),
                names[3]: Self.known(#"{"interval": "1m"}"#, isHere: false, names[3]),
                names[4]: Self.known("{}", names[4]),
            ])
        #expect(plan.entries.map(\.standing) == [.new, .changed, .unchanged, .elsewhere, .gone])
        #expect(plan.entries[1].options.json == #"{"expires": "2027-03-02", "interval": "1m"}"#)
        #expect(plan.entries[1].changes.map(\.key) == ["expires"])
        #expect(plan.changesAnything(prunes: false))
    }

    @Test("options that the configuration does not take are refused with their place")
    func refused() throws {
        let plan = try Self.plan("domains:\n  - {name: a.example, intervall: 5m}\n  - b.example\n")
        #expect(plan.entries.map(\.name.description) == ["b.example."])
        #expect(
            plan.faults.first?.description.contains("input:2:5 (domains[0]): a.example.: unknown key `intervall`")
                == true)
    }

    static let inputs = [
        FormTests.zone, "Domain,Expires,Tags\na.example,2027-03-02,\"$x, y\"\n", "a.example\nb.example\n",
        """
        domains:
          - {name: a.example, interval: 1m, names: ["@", www, portal], expect: {www/A: [192.0.2.1], TXT: ['"a $$ b"']}}
          - {name: co.uk, suffix: true, dnssec: required, registration: false, ttl: {low: 5m}}
          - {name: b.example, sensitive: [NS, www/A], controls: [c.example], severities: {ttl.*: info}, auto_renew: yes,
             confirm: {authority-outage: 5m}, expires: 2027-03-02T04:05:06Z, tags: ["a, b", "=1+1"]}
        """,
    ]

    @Test("what is written is read again, and changes nothing; so is what is exported", arguments: inputs.indices)
    func again(_ index: Int) throws {
        let plan = try Self.plan(Self.inputs[index])
        #expect(plan.faults.isEmpty, "\(plan.faults)")
        let file = ImportedFile(source: "x", plan: plan, here: [:], prunes: false)
        var known: [Name: ImportPlan.Known] = [:]
        var exported: [(name: Name, options: DomainOptions)] = []
        for domain in try Reading.read(file.text).domains {
            let watch = try Self.watch(domain.name, domain.options)
            known[domain.name] = .init(
                isHere: true, isOfSource: true, options: domain.said, watch: watch, holder: "here")
            let isSuffix = Reading.suffixes.contains(domain.name.description)
            exported.append((domain.name, DomainOptions(of: watch, isSuffix: isSuffix)))
        }
        let yaml = DomainsText.yaml(exported)
        let csv = DomainsTable.header + exported.map { DomainsTable.row($0.name, $0.options) }.joined()
        for text in [Self.inputs[index], file.text, yaml, csv] {
            let again = try Self.plan(text, known)
            #expect(again.faults.isEmpty, "\(again.faults)\n\(text)")
            #expect(again.entries.allSatisfy { $0.standing == .unchanged }, "\(again.entries)\n\(text)")
            #expect(again.entries.count == plan.entries.count)
            let here = Dictionary(uniqueKeysWithValues: known.map { ($0.key, $0.value.options) })
            #expect(ImportedFile(source: "x", plan: again, here: here, prunes: true).text == file.text)
        }
    }
}
