package import DNSWire

/// The minimum that is needed to repeat a round's questions and to see whether the answers are the same.
package struct RoundPrint: Sendable, Hashable {
    /// A server of the domain that was asked.
    package struct Authority: Sendable, Hashable {
        /// The server's host name.
        package var host: Name
        /// The address that is asked.
        package var address: IPAddress
        /// Whether the parent delegates to it.
        package var isListed: Bool
        /// Whether it is asked only because it was listed until recently.
        package var isRemembered: Bool
    }

    /// A digest of all answers in 128 bits; see ``RoundSeal``.
    package var seal: UInt128
    /// The parent zone.
    package var zone: Name
    /// The servers of the domain, in the order in which they are asked.
    package var authorities: [Authority]
    /// Name servers inside the domain, for whose addresses its servers were asked.
    package var ownHosts: [Name]
    /// Hosts whose addresses were looked up.
    package var located: [Name]
    /// Names whose existence was checked.
    package var inspected: [Name]
    /// RRsets that resolvers were asked for more than once.
    package var repeated: [RecordSetKey]
    /// Whether the parent has a DS for the domain.
    package var isSigned: Bool

    /// Creates the print of a finished round; nil for a second look, and if the delegation or the seal is not
    /// conclusive.
    package init?(_ snapshot: Snapshot, located: [Name], seal: RoundSeal) {
        guard snapshot.look == .regular, snapshot.parent.state == .delegated, snapshot.parent.dsKnown,
            let zone = snapshot.parent.zone, let value = seal.value
        else { return nil }
        self.seal = value
        self.zone = zone
        authorities = snapshot.authorities.map {
            Authority(
                host: $0.host, address: $0.address, isListed: $0.listedAtParent, isRemembered: $0.remembered)
        }
        ownHosts = snapshot.ownHosts
        self.located = located
        inspected = snapshot.dependencies.map(\.name)
        var keys: Set<RecordSetKey> = []
        for view in snapshot.resolvers { keys.formUnion(view.repeats.keys) }
        repeated = keys.sorted { "\($0)" < "\($1)" }
        isSigned = !snapshot.parent.ds.isEmpty
    }

    /// Shares what other domains have as well.
    mutating func share(with hosts: inout CommonHosts) {
        hosts.share(&zone)
        hosts.share(&authorities)
        hosts.share(&located)
        hosts.share(&inspected)
    }
}

extension Snapshot {
    /// The name servers of the delegation that are inside the domain, so that the domain itself publishes their
    /// addresses.
    var ownHosts: [Name] { parent.hosts.map(\.name.folded).filter { $0.isSubdomain(of: domain) } }
}

/// The response time of one source.
package struct ReplyTime: Sendable, Hashable {
    /// The source that replied.
    package var source: Source
    /// From the first packet to the reply, in milliseconds.
    package var milliseconds: Int64

    package init(source: Source, milliseconds: Int64) {
        self.source = source
        self.milliseconds = milliseconds
    }
}

extension RoundWalk {
    /// Returns all questions of a round about the domain as the print describes it, to be asked at once.
    package func tasks(again print: RoundPrint, parent: ParentZone) -> [ProbeTask] {
        var walk = self
        walk.snapshot.parent.zone = parent.name
        walk.parentServers = Array(parent.servers.filter(isReachable).prefix(Limit.parentServers))
        walk.snapshot.authorities = print.authorities.map {
            AuthorityView(
                host: $0.host, address: $0.address, listedAtParent: $0.isListed, remembered: $0.isRemembered)
        }
        return walk.parentTasks() + walk.resolverTasks() + walk.cacheTasks(print.repeated)
            + walk.authorityTasks(isSigned: print.isSigned, ownHosts: print.ownHosts)
    }

    /// Whether a question is about the watch itself and not about a name for comparison.
    package func isWatched(_ key: RecordSetKey) -> Bool { watch.sets.contains(key) }
}
