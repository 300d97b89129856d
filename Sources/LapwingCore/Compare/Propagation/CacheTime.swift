package import DNSWire

extension Answer {
    /// Seconds for which a cache may keep the answer, by its content; nil if it does not say.
    ///
    /// If there are aliases, any of them may be the one that changed, so the longest TTL counts. A negative answer is
    /// kept according to the SOA in it (RFC 2308 §5).
    package var cacheSeconds: UInt32? {
        let links = aliases.filter { $0.type == .cname }.map(\.ttl)
        if !records.isEmpty { return (links + records.map(\.ttl)).max() }
        let denial = authority.lazy.compactMap { record in SOA(record.data).map { min($0.minimum, record.ttl) } }.first
        return (links + [denial].compactMap(\.self)).max()
    }

    /// The latest time at which the answer leaves the cache that gave it; nil if it does not say.
    ///
    /// TTLs are whole seconds, which some caches round down.
    package var leavesCache: Timestamp? {
        cacheSeconds.map {
            Timestamp(milliseconds: at.milliseconds + max(milliseconds, 0)).adding(seconds: Int64($0) + 1)
        }
    }

    /// Returns a parent server's answer about a delegation with the name servers in the answer section.
    package func asDelegation(of name: Name) -> Answer {
        guard records.isEmpty, outcome == .referral || outcome == .noData else { return self }
        var answer = self
        answer.records = authority.filter { $0.type == .ns && $0.name == name }
        if !answer.records.isEmpty { answer.outcome = .data }
        return answer
    }
}
