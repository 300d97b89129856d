import DNSWire
import LapwingCore

/// The everyday trouble of the Internet on top of a scenario: loss, late answers, failures that pass, TTLs that differ.
///
/// Everything is drawn from the seed, the time and the question, so a run with the same seed is the same run, in whatever
/// order the questions are put.
package struct Noise: Sendable {
    /// Parts of ten thousand.
    package var loss = 80
    /// Questions to resolvers that end in SERVFAIL, in parts of ten thousand.
    package var resolverFailures = 20
    /// Answers of resolvers that come from another cache with less time left, in parts of ten thousand.
    package var timeJitter = 300
    private let seed: UInt64

    package init(seed: UInt64) {
        self.seed = seed
    }

    /// The reply as it comes out of the noise; `attempt` numbers the packets of one task.
    func disturbed(
        _ reply: WorldReply, to task: ProbeTask, query: ReceivedQuery, attempt: Int, at second: Int
    ) -> WorldReply? {
        let chance = Chance(seed).mixed(with: second).mixed(with: query.hash)
            .mixed(with: task.server.address?.hash ?? 0).mixed(with: task.repetition * 16 + attempt)
        // Late is as good as lost: the client has given up by then.
        if chance.mixed(with: "loss").below(10_000) < loss { return nil }
        guard case .resolver = task.source else { return reply }
        if chance.mixed(with: "failure").below(10_000) < resolverFailures {
            return query.refusal(.servFail, flags: .recursionAvailable)
        }
        guard let left = reply.ttl, chance.mixed(with: "ttl").below(10_000) < timeJitter else { return reply }
        // Another cache behind the same address: the same data with less time left.
        var reply = reply
        reply.ttl = left - UInt32(chance.mixed(with: "by").below(Int(min(left, 300))))
        return reply
    }
}

extension IPAddress {
    fileprivate var hash: UInt64 { Chance.hash(bytes) }
}
