import DNSWire
import LapwingCore
import LapwingWeb
import Testing

@Suite("What domains share")
struct SharedPartsTests {
    private static let naming = SharedParts.Naming(
        isSuffix: { ["com.", "net.", "uk.", "co.uk."].contains($0.description) },
        registered: { name in
            let isBelowTwo = name.description.hasSuffix(".co.uk.")
            let labels = isBelowTwo ? 3 : 2
            return name.labelCount < labels ? nil : name.suffix(labels: labels)
        })

    private static func names(_ texts: [String]) throws -> [Name] { try texts.map { try Name($0) } }

    private static func parts() throws -> (BoardRoster, SharedParts) {
        let domains: [(String, [String], SharedFacts?)] = [
            (
                "alder.com", ["shop"],
                SharedFacts(
                    nameServers: try names(["ns1.host.net", "ns2.host.net"]),
                    mailHosts: try names(["alder-com.mail.taker.net"]), registrar: "Some Registrar")
            ),
            (
                "birch.com", [],
                SharedFacts(
                    nameServers: try names(["ns1.host.net", "ns2.other.net"]),
                    mailHosts: try names(["birch-com.mail.taker.net"]), registrar: "Some Registrar")
            ),
            (
                "cedar.co.uk", [],
                SharedFacts(nameServers: try names(["ns1.cedar.co.uk"]), mailHosts: [], registrar: "Another")
            ),
            ("dove.co.uk", ["shop"], nil),
        ]
        let roster = BoardRoster(
            try domains.map { name, tags, _ in
                var watch = Watch(domain: try Name(name), sets: [])
                watch.tags = tags
                return WatchedDomain(watch: watch, isFromFile: true)
            })
        let facts = roster.rows.map { row in
            domains.first { (try? Name($0.0)) == row.domain }.flatMap { $0.2 }
        }
        return (roster, SharedParts(roster, facts: facts, naming: naming))
    }

    @Test("is what two or more have, with their names")
    func shared() throws {
        let (roster, parts) = try Self.parts()
        #expect(parts.known == 3)
        let wanted: [(SharedParts.Key, [String])] = [
            (.init(.dnsOperator, "host.net"), ["alder.com.", "birch.com."]),
            (.init(.nameServer, "ns1.host.net"), ["alder.com.", "birch.com."]),
            (.init(.mail, "taker.net"), ["alder.com.", "birch.com."]),
            (.init(.registrar, "Some Registrar"), ["alder.com.", "birch.com."]),
            (.init(.suffix, "com"), ["alder.com.", "birch.com."]),
            (.init(.suffix, "co.uk"), ["cedar.co.uk.", "dove.co.uk."]),
            (.init(.tag, "shop"), ["alder.com.", "dove.co.uk."]),
            // One alone shares with nobody.
            (.init(.dnsOperator, "other.net"), []), (.init(.nameServer, "ns2.host.net"), []),
            (.init(.registrar, "Another"), []), (.init(.suffix, "net"), []),
        ]
        for (key, names) in wanted {
            #expect(parts.rows(of: key).map { roster.rows[Int($0)].text } == names, "\(key.text)")
        }
    }

    @Test("counts how its domains are, the worst first, and only those that are looked for")
    func counts() throws {
        let (roster, parts) = try Self.parts()
        let conditions: [DomainCondition] = roster.rows.map {
            $0.text == "dove.co.uk." ? .failing : $0.text == "birch.com." ? .learning : .healthy
        }
        let all = parts.parts(conditions)
        let suffixes = try #require(all[.suffix])
        #expect(suffixes.map(\.key.name) == ["co.uk", "com"])
        #expect(suffixes.map(\.failing) == [1, 0])
        #expect(suffixes.map(\.unknown) == [0, 1])
        #expect(suffixes.map(\.count) == [2, 2])
        let few = parts.parts(conditions, among: roster.marks(tag: "shop"))
        #expect(few[.suffix] == nil, "one of each is left")
        #expect(few[.tag]?.map(\.count) == [2])
    }

    @Test("is well only where all of it is known to be")
    func condition() throws {
        let (roster, parts) = try Self.parts()
        // How alder.com and birch.com are, and how what both of them hang on is then.
        let cases: [(DomainCondition, DomainCondition, DomainCondition)] = [
            (.healthy, .healthy, .healthy), (.healthy, .learning, .learning), (.learning, .learning, .learning),
            (.learning, .warning, .warning), (.warning, .failing, .failing), (.failing, .learning, .failing),
        ]
        for (one, other, whole) in cases {
            let conditions: [DomainCondition] = roster.rows.map {
                $0.text == "alder.com." ? one : $0.text == "birch.com." ? other : .failing
            }
            let host = parts.parts(conditions)[.nameServer]?.first { $0.key.name == "ns1.host.net" }
            #expect(host?.condition == whole, "\(one), \(other)")
        }
    }

    @Test(
        "goes through an address",
        arguments: [
            ("dns:host.net", true), ("tag:a:b", true), ("registrar:Some: Registrar", true), ("", false), ("dns", false),
            ("dns:", false), ("other:x", false),
        ])
    func keys(_ text: String, _ isOne: Bool) {
        #expect(SharedParts.Key(text)?.text == (isOne ? text : nil))
    }
}
