package import DNSWire

/// One RRset as it is declared against what is served: who says what.
package struct Drift: Sendable, Hashable {
    /// How both stand to each other.
    package enum Standing: String, Sendable, Hashable {
        /// All that answered serve what is declared.
        case same
        /// Servers have none of what is declared.
        case missing
        /// Servers have something else.
        case changed
        /// Servers have what is not declared.
        case undeclared
        /// The records are the same, the time to live is another.
        case ttl
        /// The servers have what is declared, a resolver has something else.
        case behind
        /// No server answered.
        case unknown
    }

    /// Those who say the same.
    package struct Voice: Sendable, Hashable {
        package var value: SetValue
        /// In seconds; nil without records.
        package var ttl: UInt32?
        /// Hosts of servers, or labels of resolvers, each once.
        package var names: [String]
    }

    /// What one server says.
    package struct Sight: Sendable {
        package var host: String
        package var value: SetValue
        package var ttl: UInt32?

        package init(host: String, value: SetValue, ttl: UInt32?) {
            self.host = host
            self.value = value
            self.ttl = ttl
        }
    }

    package var key: RecordSetKey
    package var standing: Standing
    /// Empty where nothing is declared.
    package var declared: [DeclaredZone.Entry]
    /// Servers that say something else than what is declared, or have another time to live.
    package var servers: [Voice] = []
    /// Hosts of servers that have what is declared.
    package var faithful: [String] = []
    /// Resolvers that say something else than what is declared, where all servers have it.
    package var resolvers: [Voice] = []

    /// The seconds that are declared; nil where they are left to a default or differ among the records.
    package var declaredTTL: UInt32? {
        guard let first = declared.first?.ttl, declared.allSatisfy({ $0.ttl == first }) else { return nil }
        return first
    }

    /// Whether what is declared and what the servers have are two things.
    package var isDifferent: Bool {
        switch standing {
        case .missing, .changed, .undeclared, .ttl: true
        case .same, .behind, .unknown: false
        }
    }

    /// - Parameters:
    ///   - sights: what the domain's own servers say that settled it.
    ///   - resolvers: what resolvers say, by their labels.
    /// - Returns: nil for what is not compared.
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
                // What is denied by a resolver that was asked for nothing is as it should be.
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

    /// What the records say, whatever the order, the letter case of names, or how a text is cut into strings.
    private static func contents(_ data: [RecordData]) -> Set<[UInt8]> {
        Set(data.map { TXT($0)?.joined ?? Member($0).bytes })
    }
}

extension SetValue {
    /// The records at the end of the aliases; of an SOA without its serial.
    package func data(of type: RecordType) -> [RecordData] {
        members.compactMap { try? RecordData(type: type, wire: $0.bytes) }
    }
}

extension [Drift] {
    /// Without what an alias that is told by itself brings with it: records of other types at its end.
    package var withoutFollowers: [Drift] {
        let aliases = Set(lazy.filter { $0.key.type == .cname && $0.standing == .undeclared }.map(\.key.name))
        guard !aliases.isEmpty else { return self }
        return filter { drift in
            drift.key.type == .cname || drift.standing != .undeclared || !aliases.contains(drift.key.name)
                || drift.servers.contains { $0.value.alias == nil }
        }
    }
}
