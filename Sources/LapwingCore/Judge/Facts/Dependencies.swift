import DNSWire

/// The names outside the domain that it relies on, and the records that refer to them.
enum Dependencies {
    static let limit = 32

    /// Returns all of them, by the present zone and delegation.
    static func names(_ picture: Picture) -> [Name] {
        var names: [Name] = []
        func add(_ name: Name) {
            let name = name.folded
            if !name.isRoot, !name.isSubdomain(of: picture.domain), !names.contains(name), names.count < limit {
                names.append(name)
            }
        }
        picture.snapshot.parent.hosts.forEach { add($0.name) }
        for reliance in picture.reliances { reliance.names.forEach(add) }
        return names
    }

    /// Returns the watched sets that refer to the name, mail hosts and aliases first; name servers have rules of their
    /// own.
    static func users(of name: Name, _ picture: Picture) -> [RecordSetKey] {
        let users = picture.reliances.filter { $0.leadsUsers && $0.names.contains(name) }.map(\.key)
        return users.filter { $0.type != .txt } + users.filter { $0.type == .txt }
    }

    /// Returns whether it exists as before; a name that never existed is not missing.
    static func state(of view: DependencyView, _ memory: DependencyMemory) -> DependencyView.State {
        guard view.domainState == .exists else { return view.domainState }
        return view.nameState == .absent && memory.data == nil ? .unknown : view.nameState
    }

    /// Whether the target of an alias does not exist, according to its own zone or to several independent resolvers.
    static func isMissing(_ key: RecordSetKey, _ alias: Name, _ picture: Picture) -> Bool {
        if let view = picture.snapshot.dependencies.first(where: { $0.name.folded == alias }) {
            switch view.nameState {
            case .absent: return true
            case .exists: return false
            case .unknown: break
            }
            if view.domainState == .absent { return true }
        }
        let answers = picture.resolvers.compactMap { $0.view.answers[key] }.filter(\.isConclusive)
        let denied = answers.filter { $0.outcome == .nxDomain && !$0.aliases.isEmpty }
        return denied.count >= min(3, max(1, picture.resolvers.count)) && denied.count == answers.count
    }
}
