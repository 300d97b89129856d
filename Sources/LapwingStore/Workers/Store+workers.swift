package import DNSWire
import Foundation
package import LapwingCore

/// The part of the store that belongs to a worker. A single daemon has everything.
extension Store {
    var membership: PostgreSQLMembership? { (database as? PostgreSQLEngine)?.membership }

    /// Whether the store is shared by workers.
    package var isShared: Bool { membership != nil }

    /// The shards that this worker holds; nil if the store is not shared.
    package var holding: Holding? { membership?.holding }

    /// Whether a domain is this daemon's to check.
    package func has(_ domain: Name) -> Bool { membership?.has(Shard.of(domain)) ?? true }

    /// Whether this daemon sends notices, and does the work that is done once for all domains.
    package var hasDesk: Bool { membership.map { $0.has(Shard.desk) && $0.isCertain } ?? true }

    /// Whether the server of a worker is unreachable, so that nothing can be done.
    package var isAway: Bool { membership?.trouble != nil }

    /// The epochs of the shards for which this worker acts, including the desk.
    package var acting: [Int: Int64] { membership?.acting ?? [:] }

    /// Sets the epoch under which this worker acts for a shard; nil to stop.
    ///
    /// The caller must ensure that no data from an earlier epoch is used any more.
    package func act(for shard: Int, under epoch: Int64?) { membership?.act { $0[shard] = epoch } }

    /// Releases shards, so that others can take them.
    package func release(_ shards: Set<Int>) throws { try membership?.release(shards) }

    // MARK: Looks

    /// Publishes the last looks at the domains of shards for the other workers, in one short transaction that a power
    /// cut of the server may undo.
    package func leave(looks: [Int: [LastLook]]) throws {
        guard let membership, !looks.isEmpty else { return }
        try membership.leave(looks: try looks.mapValues { try Deflated.pack(Data(try Self.encode($0).utf8)) })
    }

    /// Returns the looks that other workers have published since a moment on the server's clock.
    ///
    /// - Parameter moment: the moment of the previous result; 0 for all.
    /// - Returns: the looks, each with its present age.
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

    /// Returns the number of the last event of any incident; 0 if there is none.
    package func lastEvent() throws -> Int64 {
        try read { try $0.value(Int64.self, "SELECT max(id) FROM incident_event") } ?? 0
    }
}

/// The last look at a domain, published for other workers.
package struct LastLook: Sendable, Hashable, Codable {
    /// The name of the domain.
    package var domain: Name
    /// Milliseconds since the look, so that clocks need not agree.
    package var age: Int64
    /// When the first complete round was made; nil before that.
    package var learntAt: Timestamp?
    /// How much of it the last round saw; nil if none was made yet.
    package var sight: RoundSight?
    /// The earliest expiration of a signature; nil if no signature was seen.
    package var signaturesEnd: Timestamp?
    /// Whether the parent zone has a DS record for the domain.
    package var isSigned: Bool
    /// The end of the registration; nil if it is unknown.
    package var registrationEnds: Timestamp?
    /// The duration of the round.
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
