import DNSWire
import LapwingCore

/// The everyday trouble of the Internet on top of a scenario: loss, late answers, failures that pass, TTLs that differ.
///
/// Everything is drawn from the seed, so a run with the same seed is the same run.
package struct Noise: Sendable {
    /// Parts of ten thousand.
    package var loss = 80
    package var resolverFailures = 20
    package var timeJitter = 300
    private let seed: UInt64
    private var drawn: UInt64 = 0

    package init(seed: UInt64) {
        self.seed = seed
    }

    /// The reply as it comes out of the noise.
    mutating func disturbed(_ reply: [UInt8]?, from source: Source, to query: [UInt8], at second: Int) -> [UInt8]? {
        guard var bytes = reply, bytes.count >= 12 else { return reply }
        drawn &+= 1
        let chance = Chance(seed).mixed(with: drawn)
        // Late is as good as lost: the client has given up by then.
        if chance.mixed(with: "loss").below(10_000) < loss { return nil }
        guard case .resolver = source else { return bytes }
        if chance.mixed(with: "failure").below(10_000) < resolverFailures {
            // The header of the query, as a failure.
            var failure = query
            failure[2] |= 0x80
            failure[3] = 0x82
            return failure
        }
        if chance.mixed(with: "ttl").below(10_000) < timeJitter { Self.shorten(&bytes, by: chance.mixed(with: "by")) }
        return bytes
    }

    /// Another cache behind the same address: the same data with less time left.
    private static func shorten(_ bytes: inout [UInt8], by chance: Chance) {
        guard var message = try? Message(decoding: bytes), let longest = message.answers.map(\.ttl).max(), longest > 1
        else {
            return
        }
        let less = UInt32(chance.below(Int(min(longest, 300))))
        for index in message.answers.indices { message.answers[index].ttl -= min(less, message.answers[index].ttl) }
        if let encoded = try? message.encoded() { bytes = encoded }
    }
}
