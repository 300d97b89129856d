import DNSClient
import Testing

/// What strangers must not guess.
@Suite struct RandomBitsTests {
    @Test("ports are spread over all that may be used")
    func ports() {
        var random = RandomBits()
        let ports = (0..<20_000).map { _ in random.port() }
        #expect(ports.allSatisfy { $0 >= 16384 })
        // Of 49,152 ports some 16,400 are hit; each sixteenth of them about 1,250 times.
        #expect(Set(ports).count > 15_000)
        let counts = Dictionary(grouping: ports) { ($0 - 16384) / 3072 }.mapValues(\.count)
        #expect(counts.count == 16)
        #expect(counts.values.allSatisfy { (1000...1500).contains($0) })
    }
}
