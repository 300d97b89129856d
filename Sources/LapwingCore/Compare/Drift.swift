package import DNSWire

/// One declared RRset compared with the served values, by source.
package struct Drift: Sendable, Hashable {
    /// The result of the comparison.
    package enum Standing: String, Sendable, Hashable {
        /// All sources that answered serve the declared records.
        case same
        /// Servers have none of the declared records.
        case missing
        /// Servers have other records.
        case changed
        /// Servers have undeclared records.
        case undeclared
        /// The records are the same, but the TTL differs.
        case ttl
        /// The servers have the declared records, but a resolver has others.
        case behind
        /// No server answered.
        case unknown
    }

    /// Sources with the same value.
    package struct Voice: Sendable, Hashable {
        /// The served value, which may be a denial.
        package var value: SetValue
        /// The TTL in seconds; nil without records.
        package var ttl: UInt32?
        /// Host names of servers, or labels of resolvers, each once.
        package var names: [String]
    }

    /// The value at one server.
    package struct Sight: Sendable {
        /// The host name of the server; the addresses of one host have a sight each.
        package var host: String
        /// The records that it served, or its denial.
        package var value: SetValue
        /// The TTL in seconds; nil without records.
        package var ttl: UInt32?

        package init(host: String, value: SetValue, ttl: UInt32?) {
            self.host = host
            self.value = value
            self.ttl = ttl
        }
    }

    /// The name and type of the compared RRset.
    package var key: RecordSetKey
    /// The result of the comparison over all servers and resolvers.
    package var standing: Standing
    /// The declared records; empty if there are none.
    package var declared: [DeclaredZone.Entry]
    /// Servers whose records or TTL differ from the declared ones.
    package var servers: [Voice] = []
    /// Host names of servers that have the declared records.
    package var faithful: [String] = []
    /// Resolvers whose records differ from the declared ones, if all servers have these.
    package var resolvers: [Voice] = []

    /// The declared TTL in seconds; nil if it is left to a default or differs among the records.
    package var declaredTTL: UInt32? {
        guard let first = declared.first?.ttl, declared.allSatisfy({ $0.ttl == first }) else { return nil }
        return first
    }

    /// Whether the servers differ from the declaration.
    package var isDifferent: Bool {
        switch standing {
        case .missing, .changed, .undeclared, .ttl: true
        case .same, .behind, .unknown: false
        }
    }

    /// - Parameters:
    ///   - sights: the conclusive answers of the domain's own servers.
    ///   - resolvers: the answers of resolvers, by their labels.
    /// - Returns: nil if the RRset is not compared.
    package init?(
        _ key: RecordSetKey, in zone: DeclaredZone, sights: [Sight], resolvers: [(label: String, answer: Answer)]
    ) {
        let declared: [DeclaredZone.Entry]
        switch zone.set(key) {
        case .records(let entries): declared = entries
        case .nothing: declared = []
        case .open: return nil
        }
        self.key = key
        self.declared = declared
        standing = .unknown
        guard !sights.isEmpty else { return }
        let wanted = Self.contents(declared.compactMap(\.data))
        func fits(_ value: SetValue) -> Bool {
            guard !wanted.isEmpty else { return !value.isPresent }
            return value.kind == .data && value.alias == nil && Self.contents(value.data(of: key.type)) == wanted
        }
        var isLate = false
        for sight in sights {
            if !fits(sight.value) {
                Self.note(sight.host, sight.value, sight.ttl, in: &servers)
            } else if let ttl = declaredTTL, let served = sight.ttl, ttl != served {
                isLate = true
                Self.note(sight.host, sight.value, sight.ttl, in: &servers)
            } else if !faithful.contains(sight.host) {
                faithful.append(sight.host)
            }
        }
        let wrong = servers.filter { !fits($0.value) }
        if !wrong.isEmpty {
            servers = wrong
            let isGone = faithful.isEmpty && !isLate && wrong.allSatisfy { !$0.value.isPresent }
            standing = declared.isEmpty ? .undeclared : isGone ? .missing : .changed
        } else if isLate {
            standing = .ttl
        } else {
            for (label, answer) in resolvers {
                guard let value = SetValue(answer), !fits(value) else { continue }
                // If nothing is declared, a denial fits and never gets here.
                Self.note(label, value, answer.ttl, in: &self.resolvers)
            }
            standing = self.resolvers.isEmpty ? .same : .behind
        }
    }

    private static func note(_ name: String, _ value: SetValue, _ ttl: UInt32?, in voices: inout [Voice]) {
        if let index = voices.firstIndex(where: { $0.value == value && $0.ttl == ttl }) {
            if !voices[index].names.contains(name) { voices[index].names.append(name) }
        } else {
            voices.append(Voice(value: value, ttl: ttl, names: [name]))
        }
    }

    /// Returns the meaning of the records, whatever the order, the letter case of names, or the division of a text into
    /// strings.
    private static func contents(_ data: [RecordData]) -> Set<[UInt8]> {
        Set(data.map { TXT($0)?.joined ?? Member($0).bytes })
    }
}

extension SetValue {
    /// Returns the records at the end of the aliases; an SOA has the serial 0.
    package func data(of type: RecordType) -> [RecordData] {
        members.compactMap { try? RecordData(type: type, wire: $0.bytes) }
    }
}

extension [Drift] {
    /// The drifts without the consequences of an alias that has a drift of its own: records of other types at its
    /// target.
    package var withoutFollowers: [Drift] {
        let aliases = Set(lazy.filter { $0.key.type == .cname && $0.standing == .undeclared }.map(\.key.name))
        guard !aliases.isEmpty else { return self }
        return filter { drift in
            drift.key.type == .cname || drift.standing != .undeclared || !aliases.contains(drift.key.name)
                || drift.servers.contains { $0.value.alias == nil }
        }
    }
}
