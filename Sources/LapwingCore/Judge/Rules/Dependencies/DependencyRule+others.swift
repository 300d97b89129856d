import DNSWire

extension DependencyRule {
    /// Judges mail hosts and SPF includes, and alias targets only if their whole domain is free.
    static func others(_ picture: Picture) -> [Finding] {
        let servers = Set(picture.snapshot.parent.hosts.map(\.name.folded))
        let aliases = Set(picture.sets.flatMap(\.own).compactMap(\.value.alias).map(\.folded))
        return picture.snapshot.dependencies.compactMap { view in
            let name = view.name.folded
            let users = Dependencies.users(of: name, picture)
            guard !users.isEmpty, !servers.contains(name) else { return nil }
            let isAlias = aliases.contains(name)
            if !isAlias, let taken = taken(view, by: users, picture) { return taken }
            let memory = picture.state.dependencies[name] ?? DependencyMemory()
            guard memory.absentPolls + (picture.isRegular ? 1 : 0) >= danglingPolls else { return nil }
            if view.domainState == .absent { return view.registered == true ? nil : free(view, users) }
            guard !isAlias, Dependencies.state(of: view, memory) == .absent else { return nil }
            return missing(view, users, since: memory.absentSince)
        }
    }

    private static func free(_ view: DependencyView, _ users: [RecordSetKey]) -> Finding {
        var finding = Finding(
            .dependencyFree, .dependency(view.name), .takeoverRisk, .warning, subject: users.first,
            text: Narrative(
                "\(Change.list(users.map(\.description))) relies on \(view.name), which does not exist: \(view.registrable) is not registered.",
                facts: ["NXDOMAIN for \(view.registrable) at its own parent in \(danglingPolls) polls."],
                grounds: ["time-outs and SERVFAIL were not counted"],
                isNot: "an outage: the name is free for anyone to register.",
                advice: "Take the name out of the record, or register \(view.registrable).",
                check: "dig \(view.registrable) NS"))
        finding.need = .now
        return finding
    }

    private static func missing(_ view: DependencyView, _ users: [RecordSetKey], since: Timestamp?) -> Finding {
        var finding = Finding(
            .dependencyMissing, .dependency(view.name), .takeoverRisk, .warning, subject: users.first,
            text: Narrative(
                "\(Change.list(users.map(\.description))) relies on \(view.name), which no longer exists.",
                facts: ["NXDOMAIN for \(view.name) in \(danglingPolls) polls in a row; \(view.registrable) exists."],
                grounds: ["time-outs and SERVFAIL were not counted"],
                isNot: "a blip of the provider: those are over within the hour.",
                advice:
                    "Anyone who can claim that name at the provider can act in your name. Take it out of the record or restore "
                    + "the service.", check: "dig \(view.name)"))
        finding.need = .now
        finding.since = since
        finding.clearing = .absent(polls: 3)
        return finding
    }

    /// Returns a finding if a name that was missing for long exists again and shares no data with the former one.
    static func taken(_ view: DependencyView, by users: [RecordSetKey], _ picture: Picture) -> Finding? {
        guard let memory = picture.state.dependencies[view.name.folded], let since = memory.absentSince,
            picture.now.seconds(since: since) > abandoned, view.domainState == .exists,
            let type = view.data.first?.type,
            let known = memory.data, Set(known).isDisjoint(with: view.data.map(Member.init))
        else { return nil }
        let isServer = users.contains(RecordSetKey(picture.domain, .ns))
        let data = view.data.map { Member($0).text(as: type) }
        var finding = Finding(
            .dependencyTaken, isServer ? .delegation : .dependency(view.name), .hijackSuspected, .critical,
            subject: users.first,
            text: Narrative(
                "\(Change.list(users.map(\.description))) relies on \(view.name), which did not exist since \(since.sentence) and is back with \(Change.list(data)), never seen before: "
                    + "it seems to be taken over.",
                facts: ["Known from before: \(Change.list(known.map { $0.text(as: view.data[0].type) }))."],
                grounds: ["absent for more than a day", "other data than it ever had"],
                isNot: "a recovery: that would bring back what was there.",
                advice: "Take the name out of the record now; somebody else may act in your name.",
                check: "dig \(view.name) \(type)"))
        finding.changes = [
            Change(
                name: view.name, kind: .records(type), old: known.map { $0.text(as: view.data[0].type) },
                new: data, seenBy: [])
        ]
        finding.look = SecondLook(dependencies: [view.name])
        finding.clearing = .after(seconds: 48 * 3600)
        return finding
    }
}
