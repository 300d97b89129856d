import DNSWire
import FuzzDriver
import LapwingConfig
import LapwingCore
import LapwingImport

let suffixes: Set<String> = ["com.", "org.", "example.", "uk.", "co.uk.", "net."]
let isSuffix: @Sendable (Name) -> Bool = { [suffixes] in suffixes.contains($0.folded.description) }
let rules = DomainGathering.Rules(
    names: EnteredName(ascii: { $0 }, isSuffix: isSuffix),
    registered: { name in
        guard name.labelCount >= 2 else { return nil }
        let candidates = (2...name.labelCount).map { name.suffix(labels: $0) }
        return candidates.first { !isSuffix($0) && $0.parent.map(isSuffix) == true }
    })
let reader = try SettingsReader(
    SettingsReader.Surroundings(environment: [:], contents: { _ in nil }, isSuffix: isSuffix)
).readAll("domains: []", file: "f").added

let seeds: [(ImportFormat?, String)] = [
    (.lapwing, "- example.com\n- {name: example.org, tags: [a], interval: 5m, names: {www: [A], '@': [MX]}}\n"),
    (.zone, "$ORIGIN example.com.\n$TTL 3600\n@ IN SOA ns a 1 2 3 4 5\n@ NS ns\nns A 192.0.2.1\nwww 60 IN CNAME @\n"),
    (.csv, "domain,expires,tags\nexample.com,2027-01-02,a;b\n\"example.org\",03/04/2027,\n"),
    (.list, "example.com\nhttps://www.example.org/path\n# a comment\na@example.net\n"),
    (.blackbox, "modules:\n  a: {prober: dns, dns: {query_name: www.example.com, query_type: MX}}\n"),
    (.gatus, "endpoints:\n  - {name: a, url: 8.8.8.8, dns: {query-name: example.com, query-type: A}}\n"),
    (
        .uptimeKuma,
        #"{"monitorList": [{"type": "dns", "hostname": "example.com", "dns_resolve_type": "A", "tags": [{"name": "a", "value": "b"}]}]}"#
    ),
    (
        .octoDNS,
        "'':\n  - {type: A, ttl: 60, value: 192.0.2.1}\n  - {type: MX, values: [{exchange: a., preference: 1}]}\nwww: {type: CNAME, value: example.com.}\n"
    ),
    (
        .dnsControl,
        #"{"registrars": [], "domains": [{"name": "example.com", "records": [{"type": "A", "name": "@", "target": "192.0.2.1", "ttl": 300}]}]}"#
    ),
    (
        .terraform,
        #"{"version": 4, "terraform_version": "1.5", "resources": [{"mode": "managed", "type": "aws_route53_record", "name": "a", "instances": [{"attributes": {"name": "www.example.com", "type": "A", "ttl": 300, "records": ["192.0.2.1"]}}]}]}"#
    ),
]

// A byte that says the form, and any text in it: each entry is taken or has its fault, and what is taken can be watched or
// is refused with a reason. A zero byte begins another file of a folder.
fuzz(
    seeds: seeds.map { [UInt8(ImportFormat.allCases.firstIndex(of: $0.0 ?? .list) ?? 0)] + Array($0.1.utf8) }
        + seeds.map { [UInt8(63)] + Array($0.1.utf8) } + [[63] + Array(seeds[7].1.utf8) + [0] + Array(seeds[1].1.utf8)]
) { [rules, reader] bytes in
    let choice = Int(bytes.first ?? 0) & 31
    let format = choice < ImportFormat.allCases.count ? ImportFormat.allCases[choice] : nil
    let parts = bytes.dropFirst().split(separator: 0, maxSplits: 3, omittingEmptySubsequences: false)
    let files = parts.enumerated().map { ImportInput.File("example.com.\($0.offset)", Array($0.element)) }
    let input = ImportInput(name: "input", files: files, isFolder: files.count > 1)
    let reading = ImportReading(
        rules, format: format, origin: (bytes.first ?? 0) & 128 != 0 ? .root : nil,
        dates: (bytes.first ?? 0) & 64 != 0 ? .dayFirst : nil)
    do throws(ImportFault) {
        let result = try reading.read(input)
        precondition(result.domains.count <= bytes.count && result.faults.count <= result.faultCount)
        precondition(Set(result.domains.map(\.name)).count == result.domains.count)
        let plan = ImportPlan(result.domains, tags: ["t"], known: [:]) { name, options throws(ImportPlan.Unfit) in
            try reader.watch(name, options)
        }
        precondition(plan.entries.count <= result.domains.count)
        for entry in plan.entries { precondition(DomainOptions(json: entry.options.json) == entry.options) }
    } catch {
        precondition(error.place.line >= 0 && error.place.column >= 0 && !error.reason.isEmpty)
    }
}
