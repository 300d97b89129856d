package import DNSWire

/// Gathers one round: returns what to find out next and takes the results, until the snapshot is complete.
///
/// The walk decides and its driver acts; the same walk runs over sockets and in the simulator.
package struct RoundWalk: Sendable {
    /// What to find out next.
    package enum Step: Sendable {
        /// Find the parent zone of this name and its servers; answer with `receive(parent:)`.
        case findParent(Name)
        /// Find the addresses of these hosts; answer with `receive(locations:)`.
        case locate([Name])
        /// Find out whether these names still exist; answer with `receive(dependencies:)`.
        case inspect([Name])
        /// Ask these questions, all at once; answer with `receive(replies:)`.
        case ask([ProbeTask])
        case done(Snapshot)
    }

    /// Upper bounds, so that a zone cannot make a round endless.
    package enum Limit {
        /// Servers of the parent that are asked: two reveal a disagreement, more of them cost more without showing
        /// more.
        package static let parentServers = 2
        /// Further servers that are asked if those do not answer: two addresses may belong to one server that is down.
        package static let furtherParentServers = 6
        /// Hosts of the zone that are asked; 13 fit into a classic referral, and no sound zone has more.
        package static let hosts = 16
        /// Addresses of one host that are asked.
        package static let addressesOfHost = 4
        /// Names the domain relies on that are checked in one round.
        package static let dependencies = 32
        /// How often a resolver is asked again for a steady RRset: if one cache of four is bad, six rounds miss it in
        /// 0.6 % of cases.
        package static let cacheRepeats = 2
    }

    /// A type that hardly any name has: its denial must list the types that exist (RFC 4035 §3.1.3.1).
    package static let denialProbe = RecordType(rawValue: 65_281)

    private enum Stage {
        case start, parent, first, furtherParents, locating, authorities, locatingChildOnly, childOnly, inspecting,
            finished
    }

    let watch: Watch
    let resolvers: [ResolverSpecification]
    let memory: DelegationMemory
    /// Whether this machine reaches IPv6 addresses; servers of a family that it cannot reach are not asked.
    let reachesIPv6: Bool
    var snapshot: Snapshot
    var parentServers: [IPAddress] = []
    private var furtherParents: [IPAddress] = []
    private var stage = Stage.start

    package init(
        watch: Watch, resolvers: [ResolverSpecification], memory: DelegationMemory, look: Look = .regular,
        reachesIPv6: Bool = false, at now: Timestamp, monotonic: Int64
    ) {
        self.watch = watch
        self.resolvers = resolvers
        self.memory = memory
        self.reachesIPv6 = reachesIPv6
        snapshot = Snapshot(
            domain: watch.domain, at: now, monotonic: monotonic, look: look, parent: ParentView())
        snapshot.resolvers = resolvers.map { ResolverView(label: $0.label, server: $0.server) }
    }

    /// The domain that the round is about.
    package var domain: Name { watch.domain }

    /// The servers of the domain that the round knows so far.
    package var asked: [AuthorityView] { snapshot.authorities }

    /// Returns the snapshot of a round that was not made because the monitor's queries are intercepted.
    package func broken(off roots: RootSight) -> Snapshot {
        var snapshot = snapshot
        snapshot.roots = roots
        return snapshot
    }

    /// Returns the first step; call it once.
    package mutating func start() -> Step {
        guard repeatsEverything else {
            stage = .first
            return ask(resolverRepeats() + extraAuthorityTasks(), else: { $0.inspect() })
        }
        stage = .parent
        return .findParent(watch.domain)
    }

    /// Takes the parent zone, nil if it was not found, and returns the next step.
    package mutating func receive(parent: ParentZone?) -> Step {
        snapshot.parent.zone = parent?.name
        let servers = (parent?.servers ?? []).filter(isReachable)
        parentServers = Array(servers.prefix(Limit.parentServers))
        furtherParents = Array(servers.dropFirst(Limit.parentServers).prefix(Limit.furtherParentServers))
        snapshot.parent.state = parent == nil ? .silent : .unknown
        stage = .first
        let again = snapshot.look == .regular ? cacheTasks(memory.steady ?? []) : resolverRepeats()
        return ask(parentTasks() + resolverTasks() + again, else: { $0.afterFirst() })
    }

    /// Takes the replies to the last step's questions, in any order, even for unanswered ones, and returns the next
    /// step.
    package mutating func receive(replies: [ProbeReply]) -> Step {
        for reply in replies { note(reply) }
        switch stage {
        case .first where repeatsEverything: return afterFirst()
        case .first: return inspect()
        case .furtherParents: return afterParents()
        case .authorities: return locateChildOnly()
        case .childOnly: return inspect()
        default: return finish()
        }
    }

    /// Takes the locations of the last step's hosts and returns the next step; missing hosts keep what is known of
    /// them.
    package mutating func receive(locations: [Name: HostLocation]) -> Step {
        switch stage {
        case .locating:
            for index in snapshot.parent.hosts.indices {
                let name = snapshot.parent.hosts[index].name
                guard let found = locations[name] else { continue }
                var addresses = found.addresses
                // Its name may be in a zone on the very servers that are down, so it is asked at its last known
                // addresses.
                if !found.isAnswered {
                    let known = memory.addresses(of: name, at: snapshot.at)
                    if !known.isEmpty { addresses = known }
                }
                snapshot.parent.hosts[index].addresses = addresses
                if found.outcome != .data { snapshot.parent.hosts[index].lookup = found.outcome }
            }
            return askAuthorities()
        case .locatingChildOnly:
            let before = snapshot.authorities.count
            for (name, found) in locations.sorted(by: { $0.key < $1.key }) {
                addAuthorities(name, found.addresses, listedAtParent: false)
            }
            stage = .childOnly
            return ask(authorityTasks(from: before), else: { $0.inspect() })
        default:
            return finish()
        }
    }

    /// Takes the state of the last step's names and returns the next step.
    package mutating func receive(dependencies: [DependencyView]) -> Step {
        snapshot.dependencies = dependencies
        return finish()
    }

    // MARK: Stages

    private mutating func afterFirst() -> Step {
        readDelegation()
        let isSettled = snapshot.parent.state != .silent && snapshot.parent.state != .failing
        guard !isSettled, !furtherParents.isEmpty else { return locateHosts() }
        stage = .furtherParents
        return ask(parentTasks(at: furtherParents), else: { $0.locateHosts() })
    }

    private mutating func afterParents() -> Step {
        readDelegation()
        return locateHosts()
    }

    private mutating func locateHosts() -> Step {
        stage = .locating
        let lost = snapshot.parent.hosts.filter { $0.glue.isEmpty }.map(\.name)
        return lost.isEmpty ? askAuthorities() : .locate(lost)
    }

    private mutating func askAuthorities() -> Step {
        for host in snapshot.parent.hosts {
            addAuthorities(host.name, host.glue + host.addresses, listedAtParent: true)
        }
        for host in memory.hosts {
            addAuthorities(host.name, host.addresses, listedAtParent: false, remembered: true)
        }
        stage = .authorities
        return ask(authorityTasks(from: 0) + uncheckedTasks() + controlTasks(), else: { $0.locateChildOnly() })
    }

    /// Looks up servers that only the zone itself lists, since they belong to the picture too.
    private mutating func locateChildOnly() -> Step {
        var known = Set(snapshot.authorities.filter { !$0.remembered }.map(\.host))
        var names: [Name] = []
        for authority in snapshot.authorities where authority.listedAtParent {
            let listed = authority.answer(watch.domain, .ns)?.records ?? []
            for name in listed.compactMap({ NameTarget($0.data)?.target }) where known.insert(name).inserted {
                names.append(name)
            }
        }
        guard !names.isEmpty else { return inspect() }
        stage = .locatingChildOnly
        return .locate(Array(names.prefix(Limit.hosts)))
    }

    private mutating func inspect() -> Step {
        var names = memory.dependencies
        if case .second(let look) = snapshot.look { names = look.dependencies + (look.repeatsRound ? names : []) }
        var seen: Set<Name> = []
        names = names.filter { seen.insert($0).inserted }
        guard !names.isEmpty else { return finish() }
        stage = .inspecting
        return .inspect(Array(names.prefix(Limit.dependencies)))
    }

    private mutating func finish() -> Step {
        stage = .finished
        return .done(snapshot)
    }

    private mutating func ask(_ tasks: [ProbeTask], else next: (inout RoundWalk) -> Step) -> Step {
        var seen = Set<ProbeTask>(minimumCapacity: tasks.count)
        let fresh = tasks.filter { seen.insert($0).inserted }
        return fresh.isEmpty ? next(&self) : .ask(fresh)
    }

    var repeatsEverything: Bool {
        if case .second(let look) = snapshot.look { return look.repeatsRound }
        return true
    }

    func isReachable(_ address: IPAddress) -> Bool { reachesIPv6 || address.isIPv4 }
}
