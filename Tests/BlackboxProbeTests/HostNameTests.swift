import BlackboxProbe
import Testing

@Suite struct HostNameTests {
    @Test(
        "names by the rules of Go's resolver",
        arguments: [
            ("a.example", true), ("a.example.", true), ("0x7f.1", true), ("0x7f000001", true), ("1e1", true),
            ("a_b.example", true), (".", true), ("127.1", false), ("2130706433", false), ("127.0.0.256", false),
            ("", false), ("..", false), ("a..b", false), (".a", false), ("-a.b", false), ("a-.b", false),
            ("a b", false), ("bücher.example", false), ("a%b", false), ("*.example", false),
        ])
    func names(text: String, isName: Bool) { #expect(HostName.isDomainName(text) == isName) }

    @Test(
        "the hosts file knows a name in any case, with and without its last dot, whatever characters it has",
        arguments: [
            ("one.hosts.", ["127.0.0.1"]), ("ALIAS-.hosts", ["127.0.0.1"]), ("both.hosts.", ["::1", "127.0.0.1"]),
            ("none.hosts", []), ("#", []), ("single", ["127.0.0.1"]), ("single.", []),
        ])
    func hosts(host: String, addresses: [String]) {
        let file = """
            # none.hosts
            127.0.0.1\tone.hosts alias-.hosts # none.hosts
            ::1 both.hosts
            127.0.0.1 both.hosts single
            127.0.0.1 both.hosts
            nonsense none.hosts
            """
        #expect(HostsFile.addresses(of: host, in: file).map(\.text) == addresses)
    }

    @Test(
        "ports",
        arguments: [("", 0), ("53", 53), ("+53", 53), ("-0", 0), ("053", 53), ("Domain", 53)] as [(String, UInt16)])
    func ports(text: String, number: UInt16) { #expect(TargetLookup.port(text, overTCP: false) == number) }

    @Test("services are found by many threads at once, each its own")
    func servicesOfManyThreads() async {
        let services: [(String, UInt16)] = [("domain", 53), ("https", 443), ("ntp", 123), ("ldaps", 636)]
        let wrong = await withTaskGroup(of: Int.self) { group in
            for (name, number) in services {
                group.addTask {
                    (0..<5000).count { _ in TargetLookup.port(name, overTCP: true).map { $0 != number } ?? false }
                }
            }
            return await group.reduce(0, +)
        }
        #expect(wrong == 0)
    }

    @Test("no ports", arguments: ["99999", "-1", "5 3", "0x35", "nonsense-service", "4294967349"])
    func noPorts(text: String) { #expect(TargetLookup.port(text, overTCP: true) == nil) }

    @Test(
        "names in certificates",
        arguments: [
            ("*.dot.test", "x.dot.test", true), ("*.dot.test", "y.x.dot.test", false),
            ("*.dot.test", "dot.test", false),
            ("dot.test", "dot.test.", true), ("dot.test", "other.test", false), ("d*.test", "dot.test", false),
            ("bücher.test", "bücher.test", true), ("*", "test", false),
        ])
    func patterns(pattern: String, host: String, matches: Bool) {
        #expect(HostPattern.matches(pattern, host) == matches)
    }
}
