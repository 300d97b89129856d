import DNSWire
import LapwingCore
import RegistrationData
import Testing

@Suite("The registry's copy of the delegation")
struct RegistryDifferenceTests {
    private static func name(_ text: String) -> Name { (try? Name(text)) ?? .root }
    private static let domain = name("tern.test.")
    private static let digest = "12345 13 2 " + String(repeating: "AB", count: 32)
    private static let other = "54321 13 2 " + String(repeating: "CD", count: 32)

    struct Case: CustomTestStringConvertible, Sendable {
        var testDescription: String
        /// Members of the RDAP answer.
        var rdap: String
        /// Hosts of the delegation, each with its glue.
        var hosts: [String: [String]] = ["ns1.heron.test.": [], "ns2.heron.test.": []]
        var ds: [String] = []
        var wanted: [RegistryDifference.Part]
        var state = ParentView.State.delegated
        var dsKnown = true
    }

    private static func servers(_ names: String...) -> String {
        "\"nameservers\":[" + names.map { "{\"ldhName\":\"\($0)\"}" }.joined(separator: ",") + "]"
    }

    private static let same = servers("NS2.heron.test", "ns1.heron.test.")
    private static let glue =
        #""nameservers":[{"ldhName":"ns1.tern.test","ipAddresses":{"v4":["192.0.2.1"],"v6":["2001:db8::1"]}}]"#

    private static func ds(_ texts: String...) -> String {
        let entries = texts.map { text in
            let words = text.split(separator: " ")
            return
                #"{"keyTag":\#(words[0]),"algorithm":\#(words[1]),"digestType":\#(words[2]),"digest":"\#(words[3])"}"#
        }
        return #","secureDNS":{"delegationSigned":true,"dsData":["# + entries.joined(separator: ",") + "]}"
    }

    static let cases: [Case] = [
        Case(testDescription: "the same", rdap: same, wanted: []),
        Case(testDescription: "no name servers given", rdap: "\"status\":[\"active\"]", wanted: []),
        Case(
            testDescription: "one more", rdap: servers("ns1.heron.test", "ns2.heron.test", "ns3.heron.test"),
            wanted: [.nameServers]),
        Case(testDescription: "others", rdap: servers("ns1.reef.test", "ns2.reef.test"), wanted: [.nameServers]),
        Case(testDescription: "nothing delegated", rdap: servers("ns1.reef.test"), wanted: [], state: .absent),
        Case(testDescription: "parent silent", rdap: servers("ns1.reef.test"), wanted: [], state: .silent),
        Case(
            testDescription: "the same glue", rdap: glue, hosts: ["ns1.tern.test.": ["192.0.2.1", "2001:db8::1"]],
            wanted: []),
        Case(testDescription: "one family only", rdap: glue, hosts: ["ns1.tern.test.": ["192.0.2.1"]], wanted: []),
        Case(testDescription: "other glue", rdap: glue, hosts: ["ns1.tern.test.": ["192.0.2.9"]], wanted: [.glue]),
        Case(
            testDescription: "no glue given", rdap: servers("ns1.tern.test"), hosts: ["ns1.tern.test.": ["192.0.2.9"]],
            wanted: []),
        Case(
            testDescription: "glue outside of the domain is somebody else's",
            rdap: #""nameservers":[{"ldhName":"ns1.heron.test","ipAddresses":{"v4":["192.0.2.1"]}}]"#,
            hosts: ["ns1.heron.test.": ["192.0.2.9"]], wanted: []),
        Case(testDescription: "the same DS", rdap: same + ds(digest.lowercased()), ds: [digest], wanted: []),
        Case(testDescription: "another DS", rdap: same + ds(other), ds: [digest], wanted: [.ds]),
        Case(testDescription: "one DS more in the zone", rdap: same + ds(digest), ds: [digest, other], wanted: [.ds]),
        Case(testDescription: "a DS that is not in the zone", rdap: same + ds(digest), wanted: [.ds]),
        Case(testDescription: "the DS is not known", rdap: same + ds(other), wanted: [], dsKnown: false),
        Case(
            testDescription: "signed, as the registry says", rdap: same + #","secureDNS":{"delegationSigned":true}"#,
            ds: [digest], wanted: []),
        Case(
            testDescription: "unsigned, as the registry says", rdap: same + #","secureDNS":{"delegationSigned":false}"#,
            ds: [digest], wanted: [.ds]),
        Case(
            testDescription: "half a DS set is none",
            rdap: same + #","secureDNS":{"dsData":[{"keyTag":1,"algorithm":13,"digestType":2,"digest":"xx"}]}"#,
            ds: [digest], wanted: []),
        Case(
            testDescription: "a key in place of a DS",
            rdap: same + #","secureDNS":{"keyData":[{"flags":257,"protocol":3,"algorithm":13,"publicKey":"AQID"}]}"#,
            ds: [
                "\(DNSKEY(type: .dnskey, flags: 257, protocolNumber: 3, algorithm: 13, publicKey: [1, 2, 3]).keyTag) 13 2 "
                    + String(repeating: "00", count: 32)
            ],
            wanted: []),
    ]

    private func views(_ test: Case) throws -> (RegistryView, ParentView) {
        let body = #"{"objectClassName":"domain","ldhName":"tern.test",\#(test.rdap)}"#
        let registration = try RDAPDocument(Array(body.utf8)).registration
        var parent = ParentView(zone: Self.name("test."))
        parent.state = test.state
        parent.hosts = test.hosts.map { host, glue in
            ParentView.Host(name: Self.name(host), glue: glue.compactMap { IPAddress($0) })
        }
        parent.ds = try test.ds.map {
            Record(name: Self.domain, ttl: 60, data: try RecordData(type: .ds, text: $0))
        }
        parent.dsKnown = test.dsKnown
        return (RegistryView(registration, channel: .rdap, at: Timestamp(seconds: 0)), parent)
    }

    @Test(arguments: cases) func compares(test: Case) throws {
        let (registry, parent) = try views(test)
        let found = RegistryDifference(registry, parent, of: Self.domain)
        #expect((found?.entries.map(\.part) ?? []) == test.wanted)
        #expect(found?.isStill(parent) ?? true)
    }

    @Test("a parent that serves something else meanwhile is not compared with what was heard before") func moved()
        throws
    {
        let (registry, parent) = try views(Self.cases[3])
        let found = try #require(RegistryDifference(registry, parent, of: Self.domain))
        var later = parent
        later.hosts[0].name = Self.name("ns9.heron.test.")
        #expect(!found.isStill(later))
        later = parent
        later.state = .silent
        #expect(!found.isStill(later))
    }
}
