/// An endless, repeatable stream of bytes grown from a seed, for keys of simulated worlds and of tests.
///
/// HMAC-SHA256 of a counter under the seed: never to be used for keys that protect something.
struct DeterministicBytes {
    private let seed: [UInt8]
    private var counter: UInt64 = 0

    init(seed: [UInt8]) { self.seed = seed }

    mutating func next(_ count: Int) -> [UInt8] {
        var out: [UInt8] = []
        while out.count < count {
            counter &+= 1
            out += hmacSHA256(key: seed, (0..<8).map { UInt8(truncatingIfNeeded: counter >> (8 * $0)) })
        }
        return Array(out.prefix(count))
    }
}
