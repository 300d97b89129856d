package import DNSWire

extension Answer {
    /// Seconds for which a cache may keep this, by what is in it; nil where it does not say.
    ///
    /// Of an answer behind aliases every link may be the one that changed, so the longest counts. What there is not is
    /// kept by the SOA that comes with the denial (RFC 2308 §5).
    package var cacheSeconds: UInt32? {
        let links = aliases.filter { $0.type == .cname }.map(\.ttl)
        if !records.isEmpty { return (links + records.map(\.ttl)).max() }
        let denial = authority.lazy.compactMap { record in SOA(record.data).map { min($0.minimum, record.ttl) } }.first
        return (links + [denial].compactMap(\.self)).max()
    }

    /// When the answer is out of the cache that gave it, at the latest; nil where it does not say.
    ///
    /// A time to live is given in whole seconds, rounded down by some.
    package var leavesCache: Timestamp? {
        cacheSeconds.map {
            Timestamp(milliseconds: at.milliseconds + max(milliseconds, 0)).adding(seconds: Int64($0) + 1)
        }
    }

    /// What a server of the zone above says of a delegation, as if the name servers stood in the answer.
    package func asDelegation(of name: Name) -> Answer {
        guard records.isEmpty, outcome == .referral || outcome == .noData else { return self }
        var answer = self
        answer.records = authority.filter { $0.type == .ns && $0.name == name }
        if !answer.records.isEmpty { answer.outcome = .data }
        return answer
    }
}
