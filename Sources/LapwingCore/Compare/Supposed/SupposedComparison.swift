import DNSWire

/// What a dry run would change for those who ask: today's servers beside the supposed ones, set by set.
package struct SupposedComparison: Sendable, Hashable {
    /// One RRset on both sides.
    package struct Entry: Sendable, Hashable {
        /// What becomes of it.
        package var kind: Kind
        /// Its name and type.
        package var key: RecordSetKey
        /// What today's servers give, aliases first.
        package var today: [String]
        /// What the supposed servers would give.
        package var then: [String]
        /// The time to live today, in seconds; nil without records.
        package var todayTTL: UInt32?
        /// The time to live then.
        package var thenTTL: UInt32?
        /// The servers at which it is so, where it is not so at all of them.
        package var servers: [String] = []
    }

    /// What becomes of an RRset.
    package enum Kind: String, Sendable, Hashable, CaseIterable {
        /// It is there today and would not be.
        case lost
        /// It would have other data.
        case changed
        /// It is not there today.
        case new
        /// The data would stay, with another time to live.
        case ttl
        /// One of the sides did not say.
        case unknown
    }

    /// What differs or is not known, lost ones first, then by name.
    package var entries: [Entry] = []

    /// - Parameter sets: what is looked at; what the zone above serves does not count, nor do serial numbers.
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

    /// The entries of one kind.
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

        /// What all servers give together, as some give but a part of what they have; nil when none said.
        init?(_ key: RecordSetKey, _ servers: [AuthorityView], of domain: Name) {
            let answers = servers.filter { !$0.remembered }.compactMap { $0.answers[key] }.filter(\.isConclusive)
            guard !answers.isEmpty else { return nil }
            self.init(key, answers, of: domain)
        }

        /// An alias that stays in the zone is worth what it ends at; of others the zone says no more than where they lead.
        private static func data(_ answer: Answer, _ key: RecordSetKey, _ domain: Name) -> [String] {
            let aliases = answer.aliases.filter { $0.type == .cname }.map { "CNAME \($0.data.text)" }
            let records = answer.records.map(\.data.text)
            guard answer.target(of: key.name).isSubdomain(of: domain) else { return aliases }
            return records.isEmpty ? [] : aliases + records
        }
    }

    /// What each supposed server would give; those that say nothing are not among them.
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
