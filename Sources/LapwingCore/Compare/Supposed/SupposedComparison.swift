import DNSWire

/// The changes that a dry run would bring for users: today's servers compared with the supposed ones, set by set.
package struct SupposedComparison: Sendable, Hashable {
    /// One RRset on both sides.
    package struct Entry: Sendable, Hashable {
        /// The kind of difference.
        package var kind: Kind
        /// The name and type.
        package var key: RecordSetKey
        /// The data of today's servers, aliases first.
        package var today: [String]
        /// The data of the supposed servers.
        package var then: [String]
        /// The TTL today, in seconds; nil without records.
        package var todayTTL: UInt32?
        /// The TTL at the supposed servers, in seconds; nil without records.
        package var thenTTL: UInt32?
        /// The servers with this difference, if not all have it.
        package var servers: [String] = []
    }

    /// The kind of difference of an RRset.
    package enum Kind: String, Sendable, Hashable, CaseIterable {
        /// It exists today and would not exist.
        case lost
        /// It would have other data.
        case changed
        /// It does not exist today.
        case new
        /// The data would stay, with another TTL.
        case ttl
        /// One of the sides gave no answer.
        case unknown
    }

    /// The sets that differ or are unknown, lost ones first, then by name.
    package var entries: [Entry] = []

    /// - Parameter sets: the sets to compare, except the DS at the parent and the SOA.
    package init(of sets: [RecordSetKey], today: Snapshot, then: Snapshot) {
        let isNew = today.parent.state == .absent || today.parent.state == .undelegated
        let keys = sets.filter { !($0.type == .ds && $0.name == today.domain) && $0.type != .soa }
        let found = keys.flatMap { key in
            Self.compare(
                key, isNew ? Side.empty : Side(key, today.authorities, of: today.domain),
                Self.sides(key, then.authorities, of: today.domain))
        }
        entries = Kind.allCases.flatMap { kind in found.filter { $0.kind == kind } }
    }

    /// Returns the entries of one kind.
    package func entries(_ kind: Kind) -> [Entry] { entries.filter { $0.kind == kind } }

    // MARK: Sides

    private struct Side: Hashable {
        var data: [String] = []
        var ttl: UInt32?

        static let empty = Side()

        init() {}

        init(_ key: RecordSetKey, _ answers: [Answer], of domain: Name) {
            data = Set(answers.flatMap { Self.data($0, key, domain) }).sorted()
            ttl = answers.compactMap { ($0.aliases + $0.records).map(\.ttl).min() }.max()
        }

        /// Combines the answers of all servers, since some give only a part of their data; returns nil if none
        /// answered.
        init?(_ key: RecordSetKey, _ servers: [AuthorityView], of domain: Name) {
            let answers = servers.filter { !$0.remembered }.compactMap { $0.answers[key] }.filter(\.isConclusive)
            guard !answers.isEmpty else { return nil }
            self.init(key, answers, of: domain)
        }

        /// Returns the data of an answer: an alias inside the zone counts with its final records; for others the zone
        /// only says where they lead.
        private static func data(_ answer: Answer, _ key: RecordSetKey, _ domain: Name) -> [String] {
            let aliases = answer.aliases.filter { $0.type == .cname }.map { "CNAME \($0.data.text)" }
            let records = answer.records.map(\.data.text)
            guard answer.target(of: key.name).isSubdomain(of: domain) else { return aliases }
            return records.isEmpty ? [] : aliases + records
        }
    }

    /// Returns the data of each supposed server that answered.
    private static func sides(
        _ key: RecordSetKey, _ servers: [AuthorityView], of domain: Name
    ) -> [(server: String, side: Side)] {
        servers.filter { !$0.remembered }.compactMap { view in
            Side(key, [view], of: domain).map { ("\(view.host) \(view.address)", $0) }
        }
    }

    private static func compare(
        _ key: RecordSetKey, _ today: Side?, _ then: [(server: String, side: Side)]
    ) -> [Entry] {
        var joined = Side()
        joined.data = Set(then.flatMap(\.side.data)).sorted()
        joined.ttl = then.compactMap(\.side.ttl).min()
        func entry(_ kind: Kind, _ servers: [String] = []) -> Entry {
            Entry(
                kind: kind, key: key, today: today?.data ?? [], then: joined.data, todayTTL: today?.ttl,
                thenTTL: joined.ttl, servers: servers)
        }
        guard let today, !then.isEmpty else { return [entry(.unknown)] }
        if today.data.isEmpty { return joined.data.isEmpty ? [] : [entry(.new)] }
        let without = then.filter { $0.side.data.isEmpty }.map(\.server)
        if without.count == then.count { return [entry(.lost)] }
        var entries: [Entry] = without.isEmpty ? [] : [entry(.lost, without)]
        if joined.data != today.data {
            entries.append(entry(.changed))
        } else if joined.ttl != today.ttl {
            entries.append(entry(.ttl))
        }
        return entries
    }
}
