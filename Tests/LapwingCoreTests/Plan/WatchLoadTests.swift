import DNSWire
import LapwingCore
import Testing

@Suite struct WatchLoadTests {
    private static func watch(_ types: [RecordType], interval: Int64 = 900) throws -> Watch {
        let domain = try Name("example.com")
        var watch = Watch(domain: domain, sets: types.map { RecordSetKey(domain, $0) })
        watch.interval = interval
        return watch
    }

    @Test("a round has the questions that the walk puts")
    func roundSize() throws {
        let size = RoundSize(of: try Self.watch([.a, .mx, .txt, .ds]))
        // NS, DS, DNSKEY and SOA at two servers of the zone above.
        #expect(size.parents == 8)
        // Each set once, addresses and mail hosts twice more, and the SOA of the zone above.
        #expect(size.eachResolver == 4 + 2 * 2 + 1)
        // SOA, NS and DNSKEY with the sets, without DS, which is not the child's.
        #expect(size.eachAuthority == 6)
        #expect(size.questions(resolvers: 3, authorities: 2) == 8 + 3 * 9 + 2 * 6)
    }

    @Test("figures add up over domains and go with the interval")
    func sums() throws {
        var load = WatchLoad(resolvers: 3, authorities: 2)
        for _ in 0..<100 { load.add(try Self.watch([.a, .mx, .txt, .ds])) }
        #expect(abs(load.questions - 100 * 47.0 / 900) < 1e-9)
        #expect(abs(load.resolverQuestions - 100 * 9.0 / 900) < 1e-9)
        #expect(abs(load.otherQuestions - 100 * 20.0 / 900) < 1e-9)
        for _ in 0..<100 { load.add(try Self.watch([.a, .mx, .txt, .ds], interval: 300)) }
        #expect(abs(load.questions - 100 * 47.0 / 900 - 100 * 47.0 / 300) < 1e-9)
        #expect(load.shortest == 300)
        #expect(load.domains == 200 && load.sets == 800)
    }

    @Test("what a machine does not bear is stretched until a third is to spare")
    func stretching() throws {
        var load = WatchLoad(resolvers: 3, authorities: 2)
        for _ in 0..<10_000 { load.add(try Self.watch([.a], interval: 10)) }
        let figures = WatchLoad.Figures()
        let stretch = load.stretch(figures, cores: 0.01)
        #expect(stretch > 1)
        #expect(abs(load.cores(figures) / stretch - 0.01 * 2 / 3) < 1e-9)
        #expect(load.stretch(figures, cores: 1000) == 1)
        #expect(abs(load.stretch(figures.slower(by: 3), cores: 0.01) - 3 * stretch) < 1e-9)
    }

    @Test("nothing is watched, nothing is needed")
    func empty() {
        let load = WatchLoad(resolvers: 3, authorities: 2)
        #expect(load.questions == 0 && load.shortest == nil)
        #expect(load.stretch(WatchLoad.Figures(), cores: 1) == 1)
    }
}
