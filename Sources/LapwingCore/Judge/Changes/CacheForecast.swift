import DNSWire

/// How long resolvers will go on serving the data from before a change, by the TTLs in their answers.
extension Picture {
    /// Returns the finding with the old values that resolvers still hold, and the times at which these expire.
    func forecasting(_ finding: Finding) -> Finding {
        var finding = finding
        for place in finding.changes.indices.prefix(4) {
            let change = finding.changes[place]
            guard let type = change.kind.recordType else { continue }
            let ends = cacheEnds(RecordSetKey(change.name, type), change.old)
            guard !ends.isEmpty else { continue }
            finding.changes[place].oldUntil = ends
            guard let caches = finding.changes[place].caches(beside: snapshot.at) else { continue }
            let subject = finding.changes.count > 1 ? "\(change.name) \(type): old" : "Old"
            finding.text.facts.append("\(subject) value \(caches) at the latest, by the TTL left there.")
        }
        return finding
    }

    /// Returns the resolvers that still serve these values of a set, the longest-lasting first.
    ///
    /// - Parameter values: in the notation of ``Change``.
    private func cacheEnds(_ key: RecordSetKey, _ values: [String]) -> [Change.CacheEnd] {
        let old = Set(values)
        let wasThere = !old.isSubset(of: ["NODATA", "NXDOMAIN"])
        return snapshot.resolvers.compactMap { resolver -> Change.CacheEnd? in
            guard let answer = resolver.answers[key], let value = SetValue(answer), let end = answer.leavesCache,
                // A cache may say NXDOMAIN where an authoritative server says NODATA; neither holds data.
                value.isPresent ? Set(value.texts(of: key.type)) == old : !wasThere
            else { return nil }
            return Change.CacheEnd(resolver: resolver.label, until: end)
        }.sorted { ($1.until, $0.resolver) < ($0.until, $1.resolver) }
    }
}
