public import DNSWire

extension ResolutionCache {
    /// The deepest zone at or above a name whose servers are known.
    public func zone(enclosing name: Name) -> (name: Name, servers: [NameServer])? {
        var current: Name? = name
        while let candidate = current {
            if let delegation = delegations[candidate] { return (candidate, delegation.servers) }
            current = candidate.parent
        }
        return nil
    }
}
