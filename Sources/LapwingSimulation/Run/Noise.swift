import DNSWire
import LapwingCore

/// The everyday disturbances of the Internet on top of a scenario: loss, late answers, temporary failures, varying
/// TTLs.
///
/// All choices depend on the seed, the time and the question, so runs with the same seed are identical, whatever the
/// order of the questions.
package struct Noise: Sendable {
    /// Lost packets, in ten-thousandths.
    package var loss = 80
    /// Queries to resolvers that end in SERVFAIL, in ten-thousandths.
    package var resolverFailures = 20
    /// Answers of resolvers from another cache with a lower remaining TTL, in ten-thousandths.
    package var timeJitter = 300
    private let seed: UInt64

    package init(seed: UInt64) {
        self.seed = seed
    }

    /// Applies the noise to a reply; `attempt` numbers the packets of one task.
    func disturbed(
        _ reply: WorldReply, to task: ProbeTask, query: ReceivedQuery, attempt: Int, at second: Int
    ) -> WorldReply? {
        let chance = Chance(seed).mixed(with: second).mixed(with: query.hash)
            .mixed(with: task.server.address?.hash ?? 0).mixed(with: task.repetition * 16 + attempt)
        // A late reply is the same as a lost one, since the client has given up by then.
        if chance.mixed(with: "loss").below(10_000) < loss { return nil }
        guard case .resolver = task.source else { return reply }
        if chance.mixed(with: "failure").below(10_000) < resolverFailures {
            return query.refusal(.servFail, flags: .recursionAvailable)
        }
        guard let left = reply.ttl, chance.mixed(with: "ttl").below(10_000) < timeJitter else { return reply }
        // Another cache behind the same address: the same data with a lower remaining TTL.
        var reply = reply
        reply.ttl = left - UInt32(chance.mixed(with: "by").below(Int(min(left, 300))))
        return reply
    }
}

extension IPAddress {
    fileprivate var hash: UInt64 { Chance.hash(bytes) }
}
