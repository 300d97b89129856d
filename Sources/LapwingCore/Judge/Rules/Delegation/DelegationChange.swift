import DNSWire

/// One departure from the accepted delegation.
struct DelegationChange {
    let picture: Picture
    let old: [Name]
    let listed: [Name]
    let added: [Name]
    let removed: [Name]
    /// Names that only the zone's own NS set contains.
    let childOnly: [Name]
    let comparison: ContentComparison

    init(_ picture: Picture) {
        self.picture = picture
        let accepted = picture.state.baseline.names
        old = accepted.sorted()
        let isDelegated = picture.snapshot.parent.state == .delegated
        let listed = isDelegated ? picture.snapshot.parent.hosts.map(\.name.folded).sorted() : accepted.sorted()
        self.listed = listed
        added = listed.filter { !accepted.contains($0) }
        removed = isDelegated ? accepted.sorted().filter { !listed.contains($0) } : []
        let inZone = Set(picture.servers.filter(\.isOwn).flatMap { Self.apexNames($0, picture.domain) })
        childOnly = inZone.filter { !accepted.contains($0) && !listed.contains($0) }.sorted()
        comparison = ContentComparison(picture)
    }

    static func apexNames(_ server: ServerFact, _ domain: Name) -> [Name] {
        (server.view.answer(domain, .ns)?.records ?? []).compactMap { NameTarget($0.data)?.target.folded }
    }

    /// Servers at addresses that accepted hosts never had before.
    var movedHosts: [ServerFact] {
        picture.unacceptedServers.filter { picture.state.baseline.names.contains($0.host) && $0.isListed }
    }

    /// Whether the delegation is unchanged and only the zone's own NS set names other servers.
    var isOnlyNamed: Bool { added.isEmpty && movedHosts.isEmpty }

    /// Whether the accepted servers themselves listed all new names, before or now.
    var isAnnounced: Bool {
        let new = added.isEmpty ? movedHosts.map(\.host) : added
        let told = picture.state.baseline.announced
        let now = Set(picture.servers.filter(\.isOwn).flatMap { Self.apexNames($0, picture.domain) })
        return new.allSatisfy { told[$0] != nil || now.contains($0) }
    }

    var change: Change {
        Change(
            name: picture.domain, kind: .records(.ns), old: old.map(\.description), new: listed.map(\.description),
            seenBy: ["parent"])
    }

    var moment: Timestamp { picture.state.baseline.departure?.since ?? picture.now }

    /// What the new servers and the parent show about DNSSEC that speaks against a move by the owner.
    var chainMark: String? {
        let chain = picture.state.chain
        if let removed = chain.removedAt, picture.now.seconds(since: removed) < 48 * 3600 {
            return "the DS was removed on \(removed.sentence): DNSSEC was switched off first"
        }
        let new = picture.unacceptedServers.filter(\.answers).map(picture.chain)
        if !picture.snapshot.parent.ds.isEmpty || chain.ds.contains(where: { !$0.keys.isEmpty }) {
            if new.contains(where: { $0.state == .unsigned }) {
                return "the new servers serve the zone unsigned although it was signed"
            }
            return nil
        }
        return "the zone has no DS, so DNSSEC does not protect it"
    }

    var lowTTL: Bool {
        guard let ttl = comparison.ttl else { return false }
        let known = picture.sets.map { picture.memory($0.key)?.ttl.highest ?? 0 }
        let usual: UInt32 = known.filter { $0 > 0 }.min() ?? 300
        return ttl < usual && ttl <= 120
    }

    var freshSerial: Bool {
        let new: [UInt32] = picture.unacceptedServers.compactMap(\.serial)
        guard let known = picture.state.serials.first?.serial, !new.isEmpty else { return false }
        return new.allSatisfy { serial in
            !picture.state.serials.contains { $0.serial == serial }
                && (SerialNumber(rawValue: serial).isBefore(SerialNumber(rawValue: known)) || serial < 100)
        }
    }
}
