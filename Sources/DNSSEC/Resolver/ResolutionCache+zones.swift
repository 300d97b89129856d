public import DNSWire

extension ResolutionCache {
    /// Returns the deepest zone at or above a name with known servers; nil if there is none.
    public func zone(enclosing name: Name) -> (name: Name, servers: [NameServer])? {
        var current: Name? = name
        while let candidate = current {
            if let delegation = delegations[candidate] { return (candidate, delegation.servers) }
            current = candidate.parent
        }
        return nil
    }
}
