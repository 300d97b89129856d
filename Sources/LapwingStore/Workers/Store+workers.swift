package import DNSWire
import Foundation
package import LapwingCore

/// What a daemon that shares a store with others has of it. Where there is one daemon only, it has everything.
extension Store {
    var membership: PostgreSQLMembership? { (database as? PostgreSQLEngine)?.membership }

    /// Whether it is shared.
    package var isShared: Bool { membership != nil }

    /// What this worker holds by now; nil where nothing is shared.
    package var holding: Holding? { membership?.holding }

    /// Whether a domain is this worker's to look at.
    package func has(_ domain: Name) -> Bool { membership?.has(Shard.of(domain)) ?? true }

    /// Whether this daemon tells people, and does what is done once for all domains.
    package var hasDesk: Bool { membership.map { $0.has(Shard.desk) && $0.isCertain } ?? true }

    /// Whether nothing can be done because the server of a worker cannot be reached.
    package var isAway: Bool { membership?.trouble != nil }

    /// The epochs of the shards under which this worker acts, the desk among them.
    package var acting: [Int: Int64] { membership?.acting ?? [:] }

    /// Acts under an epoch of a shard from now on, or no longer.
    ///
    /// Whoever changes that must see to it that nobody goes on with what was known under an earlier one.
    package func act(for shard: Int, under epoch: Int64?) { membership?.act { $0[shard] = epoch } }

    /// Lets shards go, which others can have then.
    package func release(_ shards: Set<Int>) throws { try membership?.release(shards) }

    // MARK: What was seen last

    /// Leaves for the other workers what was last seen of the domains of shards; one short transaction, which may be lost
    /// with the server's power.
    package func leave(looks: [Int: [LastLook]]) throws {
        guard let membership, !looks.isEmpty else { return }
        try membership.leave(looks: try looks.mapValues { try Deflated.pack(Data(try Self.encode($0).utf8)) })
    }

    /// What other workers have left since a moment of the server's clock.
    ///
    /// - Parameter moment: what this returned the last time; 0 for all.
    /// - Returns: the looks, with the age that each has by now.
    package func looks(after moment: Int64) throws -> (looks: [LastLook], at: Int64) {
        guard let membership else { return ([], moment) }
        let rows = try read { database in
            try database.rows(
                """
                SELECT number, looks, looked, greatest(0, \(PostgreSQLMembership.now) - looked) AS age FROM shard
                WHERE looked > ? AND looks IS NOT NULL
                """, [moment])
        }
        var (all, latest): ([LastLook], Int64) = ([], moment)
        for row in rows {
            latest = max(latest, try row.get("looked"))
            guard !membership.has(try row.get("number")) else { continue }
            let age: Int64 = try row.get("age")
            let looks = readable([row], of: "shard", key: "number") {
                try Self.decode([LastLook].self, try Deflated.unpack(try $0.get("looks")))
            }
            for var look in looks.joined() {
                look.age = max(0, look.age) + age
                all.append(look)
            }
        }
        return (all, latest)
    }

    /// The number of the last event of any incident; 0 before the first.
    package func lastEvent() throws -> Int64 {
        try read { try $0.value(Int64.self, "SELECT max(id) FROM incident_event") } ?? 0
    }
}

/// What one worker tells the others of its last look at a domain.
package struct LastLook: Sendable, Hashable, Codable {
    /// The name of the domain.
    package var domain: Name
    /// Milliseconds since it: no two clocks have to agree.
    package var age: Int64
    /// When the first complete round was made; nil before.
    package var learntAt: Timestamp?
    /// How much of it the last round saw; nil where none was made yet.
    package var sight: RoundSight?
    /// The earliest expiration of a signature; nil if no signature was seen.
    package var signaturesEnd: Timestamp?
    /// Whether the parent zone has a DS record for the domain.
    package var isSigned: Bool
    /// The end of the registration; nil if it is unknown.
    package var registrationEnds: Timestamp?
    /// How long the round took.
    package var milliseconds: Int64
    /// The name servers of the last delegation by the parent zone, folded and sorted; empty if none was seen yet.
    package var nameServers: [Name]
    /// The mail servers of the domain as its own servers last gave them, folded and sorted; empty if there are none.
    package var mailHosts: [Name]
    /// The registrar according to the registry; nil if it is unknown.
    package var registrar: String?
    /// The findings of the last regular round.
    package var findings: [FindingSummary]

    package init(
        domain: Name, age: Int64, learntAt: Timestamp?, sight: RoundSight?, signaturesEnd: Timestamp?, isSigned: Bool,
        registrationEnds: Timestamp?, milliseconds: Int64, nameServers: [Name], mailHosts: [Name], registrar: String?,
        findings: [FindingSummary]
    ) {
        self.domain = domain
        self.age = age
        self.learntAt = learntAt
        self.sight = sight
        self.signaturesEnd = signaturesEnd
        self.isSigned = isSigned
        self.registrationEnds = registrationEnds
        self.milliseconds = milliseconds
        self.nameServers = nameServers
        self.mailHosts = mailHosts
        self.registrar = registrar
        self.findings = findings
    }
}
