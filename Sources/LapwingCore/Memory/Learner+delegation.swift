import DNSWire

extension Learner {
    /// Seconds for which a server that left the delegation is still asked: the longest usual NS TTL.
    static let remembering: Int64 = 2 * 86_400
    static let hostLimit = 32

    mutating func learnDelegation() {
        let parent = picture.snapshot.parent
        state.baseline.absentPolls =
            parent.state == .absent || parent.state == .undelegated ? state.baseline.absentPolls + poll : 0
        let fails = parent.state == .failing || parent.state == .silent
        state.baseline.failingPolls = fails ? state.baseline.failingPolls + poll : 0
        guard parent.state == .delegated else { return }
        let listed = parent.hosts.map(\.name.folded)
        let accepted = state.baseline.names
        let isWelcome =
            believed.contains {
                $0.code == .delegationChanged && $0.cause == .delegation && $0.isWelcome && !$0.changes.isEmpty
                    && $0.changes[0].isAtParent
            }
            || believed.contains { $0.code == .delegationChanged && $0.isWelcome && $0.changes.isEmpty }
        if accepted.isEmpty || picture.isLearning && !picture.isSettling || isWelcome {
            accept(parent)
        } else if Set(listed) != accepted {
            if state.baseline.departure?.names != listed {
                state.baseline.departure = DelegationBaseline.Departure(names: listed, since: now)
            }
            let served = picture.sets.flatMap(\.strange).flatMap(\.value.members)
            let known = state.baseline.departure?.members ?? []
            let room = DelegationBaseline.Departure.memberLimit - known.count
            state.baseline.departure?.members = known.union(Set(served).subtracting(known).sorted().prefix(room))
        } else {
            state.baseline.departure = nil
            state.baseline.nsTTL = parent.nsTTL ?? state.baseline.nsTTL
        }
        learnAnnounced()
        learnHosts(parent)
        learnGlue(parent)
    }

    /// Accepts the present delegation as normal.
    mutating func accept(_ parent: ParentView) {
        let before = state.baseline.hosts
        state.baseline.hosts = [:]
        for host in parent.hosts {
            let seen = picture.servers.filter { $0.host == host.name && $0.isListed }.map(\.address)
            let kept = host.addresses.isEmpty && host.glue.isEmpty ? before[host.name.folded] ?? [] : []
            state.baseline.hosts[host.name.folded] = Array(Set(seen + kept + host.glue + host.addresses)).sorted()
        }
        state.baseline.nsTTL = parent.nsTTL ?? 0
        state.baseline.departure = nil
        for name in before.keys where state.baseline.hosts[name] == nil { state.baseline.retired[name] = now }
        state.baseline.retired = state.baseline.retired.filter { now.seconds(since: $0.value) < 30 * 86_400 }
    }

    private mutating func learnAnnounced() {
        var told = state.baseline.announced
        let names = Set(picture.servers.filter(\.isOwn).flatMap { DelegationChange.apexNames($0, picture.domain) })
        for name in names where told[name] == nil { told[name] = now }
        // A name that is no longer listed counts as announced for thirty days.
        told = told.filter { names.contains($0.key) || now.seconds(since: $0.value) < 30 * 86_400 }
        if told.count > Self.hostLimit * 2 { told = told.filter { names.contains($0.key) } }
        state.baseline.announced = told
    }

    private mutating func learnHosts(_ parent: ParentView) {
        var hosts = state.delegation.hosts
        for server in picture.servers where !server.view.remembered || server.isOwn {
            let isListed = server.isListed || state.baseline.hosts[server.host] != nil
            if let index = hosts.firstIndex(where: { $0.name == server.host }) {
                if !hosts[index].addresses.contains(server.address), hosts[index].addresses.count < 8 {
                    hosts[index].addresses.append(server.address)
                }
                if isListed { hosts[index].lastListed = now }
            } else {
                hosts.append(DelegationMemory.Host(name: server.host, addresses: [server.address], lastListed: now))
            }
        }
        for host in parent.hosts {
            // A failed look-up teaches nothing.
            guard host.lookup == nil, let index = hosts.firstIndex(where: { $0.name == host.name }) else { continue }
            let answered = Set(host.glue + host.addresses).sorted()
            guard !answered.isEmpty else { continue }
            hosts[index].answered = answered
            hosts[index].answeredAt = now
        }
        hosts.removeAll { now.seconds(since: $0.lastListed) > max(Self.remembering, Int64(state.baseline.nsTTL)) }
        if hosts.count > Self.hostLimit {
            hosts = Array(hosts.sorted { ($1.lastListed, $0.name) < ($0.lastListed, $1.name) }.prefix(Self.hostLimit))
        }
        state.delegation.hosts = hosts
    }

    /// Remembers since when glue differs from the zone's own addresses of the same hosts.
    private mutating func learnGlue(_ parent: ParentView) {
        let differing = Set(GlueRule.differences(picture).map(\.host))
        var since = state.baseline.glueDiffersSince.filter { differing.contains($0.key) }
        for host in differing where since[host] == nil { since[host] = now }
        state.baseline.glueDiffersSince = since
    }

    var poll: Int { picture.isRegular ? 1 : 0 }
}
