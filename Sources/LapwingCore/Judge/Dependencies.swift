import DNSWire

/// Which names outside the domain it relies on, and through which records.
enum Dependencies {
    static let limit = 32

    /// All of them, as the zone and the delegation stand now.
    static func names(_ picture: Picture) -> [Name] {
        var names: [Name] = []
        func add(_ name: Name) {
            let name = name.folded
            if !name.isRoot, !name.isSubdomain(of: picture.domain), !names.contains(name), names.count < limit {
                names.append(name)
            }
        }
        picture.snapshot.parent.hosts.forEach { add($0.name) }
        for fact in picture.sets {
            for value in fact.own.map(\.value) { uses(value, fact.key.type).forEach(add) }
        }
        return names
    }

    /// The watched sets that name it.
    static func users(of name: Name, _ picture: Picture) -> [RecordSetKey] {
        picture.sets.filter {
            $0.own.contains { uses($0.value, RecordType.any).contains(name) || uses($0.value, .mx).contains(name) }
        }
        .map(\.key)
            + picture.sets.filter { fact in
                fact.key.type == .txt && fact.own.contains { uses($0.value, .txt).contains(name) }
            }.map(\.key)
    }

    /// Names outside that a value leads to.
    private static func uses(_ value: SetValue, _ type: RecordType) -> [Name] {
        var names: [Name] = []
        if let alias = value.alias, value.kind == .elsewhere { names.append(alias) }
        switch type {
        case .mx:
            names += value.members.compactMap { try? RecordData(type: .mx, wire: $0.bytes) }.compactMap {
                MX($0)?.exchange.folded
            }
        case .ns, .cname:
            names += value.members.compactMap { try? RecordData(type: type, wire: $0.bytes) }.compactMap {
                NameTarget($0)?.target.folded
            }
        case .txt:
            names += (TextMeaning(value).spf?.includes ?? []).compactMap { try? Name($0).folded }
        default: break
        }
        return names
    }

    /// Whether it is there as it was: a name that never was there is not missing.
    static func state(of view: DependencyView, _ memory: DependencyMemory) -> DependencyView.State {
        guard view.domainState == .exists else { return view.domainState }
        return view.nameState == .absent && memory.data == nil ? .unknown : view.nameState
    }

    /// The end of an alias does not exist: said by its own zone, or by resolvers that have nothing to do with one another.
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
        let denied = answers.filter { $0.outcome == .noName && !$0.aliases.isEmpty }
        return denied.count >= min(3, max(1, picture.resolvers.count)) && denied.count == answers.count
    }
}
