import DNSWire

/// Records that changed at the domain's own servers.
enum ContentRule {
    static let rule = Rule(
        "content", references: ["RFC 1034 §3.6", "RFC 2181 §5"],
        table: [
            Rule.Row(
                .recordHijacked, .hijackSuspected, [.critical],
                "a sensitive RRset replaced without preparation, overlap or announcement, or within a day of a loosened policy"
            ),
            Rule.Row(
                .recordHijacked, .hijackSuspected, [.critical],
                "a mail host's addresses replaced with their TTL cut, and nothing that speaks for the owner"),
            Rule.Row(.recordHijacked, .hijackSuspected, [.warning], "the same with one sign of preparation"),
            Rule.Row(
                .recordFlux, .hijackSuspected, [.critical],
                "wholly new values in three rounds in a row, with a TTL cut in the two days before or in strange networks"
            ),
            Rule.Row(.recordFlux, .rotation, [.notice], "the same beside the old addresses, the TTL as it was"),
            Rule.Row(
                .recordChanged, .plannedChange, [.info, .notice, .warning],
                "all other changes of records; info on servers that are behind"),
        ]
    ) { picture, found in
        guard !picture.isBlind, !picture.isLearning else { return [] }
        return picture.sets.compactMap { fact in
            guard !isOthers(fact.key, picture), let change = SetChange(fact, picture), change.new.isPresent else {
                return nil
            }
            guard !found.contains(where: { $0.holds.contains(fact.key) }) else { return nil }
            if fact.key == RecordSetKey(picture.domain, .soa) { return primary(change, found, picture) }
            return judge(change, picture)
        }
    }

    /// Whether other rules judge the RRset.
    static func isOthers(_ key: RecordSetKey, _ picture: Picture) -> Bool {
        key.type == .txt || key.type == .caa
            || (key.name == picture.domain && [.ns, .ds, .dnskey].contains(key.type))
    }

    /// Reports another primary server in the SOA; serial and timers are the operator's business. When the name servers
    /// move, the primary changes with them, and the move has a finding of its own.
    private static func primary(_ change: SetChange, _ found: [Finding], _ picture: Picture) -> Finding? {
        func name(_ value: SetValue) -> Name? {
            value.members.first.flatMap { try? RecordData(type: .soa, wire: $0.bytes) }.flatMap { SOA($0) }?.mname
                .folded
        }
        let isMoving =
            found.has(.delegation)
            || (picture.state.book.open + picture.state.book.closed).contains {
                $0.concerns(.delegation) && picture.now.seconds(since: $0.lastFound) < moving
            }
        guard change.memory.isStable, !isMoving, let old = name(change.old), let new = name(change.new), old != new
        else {
            return nil
        }
        var finding = planned(change, [], picture)
        finding.text.headline = "\(picture.domain): the primary server in its SOA changed: now \(new) (was \(old))."
        finding.changes = [
            Change(
                name: picture.domain, kind: .records(.soa), old: ["\(old)"], new: ["\(new)"],
                seenBy: change.change.seenBy)
        ]
        finding.text.facts[0] = "\(finding.changes[0].sentence)."
        return finding
    }

    /// Seconds after a move of the name servers within which the SOA follows.
    private static let moving: Int64 = 2 * 86_400

    private static func judge(_ change: SetChange, _ picture: Picture) -> Finding? {
        let memory = change.memory
        if let flux = flux(change, picture) { return flux }
        if change.old.isPresent, !memory.isStable, change.new.alias == change.old.alias {
            return rotated(change, picture)
        }
        if !change.old.isPresent { return planned(change, ["it did not exist before"], picture) }
        if change.isBack { return planned(change, ["the change before it was undone"], picture) }
        if change.unseenMembers.isEmpty, change.new.alias == change.old.alias {
            return planned(change, ["all its records were served before"], picture)
        }
        let signs = preparation(change, picture)
        let foul = suspicion(change, picture)
        let isLoosened = picture.state.preparation.loosenedAt.map { picture.now.seconds(since: $0) < 86_400 } ?? false
        let isTroubled =
            picture.isTroubled([.content], within: 0)
            && picture.state.book.open(.content).map {
                $0.incidentClass == .hijackSuspected && $0.changes.contains { !change.isSame($0) }
            } ?? false
        if let marks = returned(change, picture) { return hijacked(change, signs, marks, .critical, picture) }
        if change.isSensitive {
            if isLoosened || isTroubled, !picture.isAnnounced(change.key.type) {
                return hijacked(
                    change, signs,
                    foul
                        + (isLoosened
                            ? ["a policy was loosened within the last day"]
                            : ["another sensitive record was replaced just before"]),
                    .critical, picture)
            }
            if signs.count < 2, !change.overlaps { return hijacked(change, signs, foul, .critical, picture) }
            if signs.count < 2, change.cutsTTL { return hijacked(change, signs, foul, .warning, picture) }
            return planned(change, signs, picture, severity: change.overlaps || signs.count >= 2 ? .notice : .warning)
        }
        if change.isMailHost, change.isEverywhere, change.cutsTTL, signs.isEmpty {
            return hijacked(change, signs, foul + ["mail for the domain goes there"], .critical, picture)
        }
        return planned(change, signs, picture, severity: isBehind(change) ? .info : .notice)
    }

    /// Judges a name whose answers vary: only repeated answers that have nothing in common with the pool are news.
    private static func rotated(_ change: SetChange, _ picture: Picture) -> Finding? {
        let sights = change.fact.own.filter { $0.value.kind == .data }
        let isStrange =
            !sights.isEmpty
            && sights.allSatisfy {
                change.memory.unseenMembers(in: $0.value, at: picture.now).count == $0.value.members.count
            }
        guard isStrange, sights.count > 1 || change.fact.own.count == 1 else { return nil }
        // If a name gives new values each time, a new value means nothing.
        guard change.memory.strange.nonzeroBitCount < 6 || change.memory.departure != nil else { return nil }
        let signs = preparation(change, picture)
        var finding =
            change.isSensitive && signs.isEmpty && change.cutsTTL
            ? hijacked(change, signs, suspicion(change, picture), .critical, picture)
            : planned(change, signs + ["nothing of the learned pool is left"], picture)
        finding.need = .polls(3)
        return finding
    }

    /// Whether only servers that lag behind the others give the new value; their age has a finding of its own.
    private static func isBehind(_ change: SetChange) -> Bool {
        let current = change.fact.own.filter { $0.value == change.old }.compactMap(\.server.serial)
        let holders = change.fact.own.filter { $0.value == change.new }.compactMap(\.server.serial)
        return !current.isEmpty && !holders.isEmpty
            && holders.allSatisfy { held in
                current.allSatisfy { SerialNumber(rawValue: held).isBefore(SerialNumber(rawValue: $0)) }
            }
    }

    /// Servers that refused the zone and now serve a different one were not repaired: the zone was claimed there.
    private static func returned(_ change: SetChange, _ picture: Picture) -> [String]? {
        let incidents = picture.state.book.open + picture.state.book.closed
        guard [RecordType.a, .aaaa, .cname, .mx].contains(change.key.type), !change.overlaps,
            let lame = incidents.first(where: {
                $0.code == .serversRefuse && picture.now.seconds(since: $0.closedAt ?? $0.lastFound) < 7 * 86_400
            })
        else { return nil }
        return [
            "all servers refused the zone from \(lame.since.sentence) on, and are back with other data: the zone was claimed there"
        ]
    }

    /// Returns the signs that the owner made the change.
    private static func preparation(_ change: SetChange, _ picture: Picture) -> [String] {
        var signs: [String] = []
        let prepared = picture.state.preparation
        if let window = picture.announcement(of: change.key.type) {
            signs += ["declared by the owner", "a window covers it\(window.why)"]
        }
        if let at = prepared.tokenAt, isBefore(at, change.since) {
            signs.append("a verification token was added on \(at.sentence)")
        }
        if change.key.type == .mx {
            let lead = prepared.sendersAt.map { change.since.seconds(since: $0) }
            if let at = prepared.sendersAt, isBefore(at, change.since) {
                signs.append("SPF took in further senders on \(at.sentence)")
            } else if lead.map({ $0 >= 3600 }) ?? true, namesSenders(change, picture) {
                signs.append("SPF names the new senders")
            }
        }
        if change.overlaps { signs.append("an old target is kept") }
        if let before = change.ttlBefore, let now = change.ttlNow, now >= before, before > 0 {
            if change.memory.ttl.wasCut(at: picture.now), let since = change.memory.ttl.since,
                change.since.seconds(since: since) >= Int64(change.memory.ttl.previous ?? 0)
            {
                signs += ["its TTL was lowered on \(since.sentence)", "the old TTL had run out before the change"]
            } else {
                signs.append("the TTL is unchanged")
            }
        }
        if change.new.alias != nil, change.old.alias == nil, change.new.kind == .elsewhere {
            signs.append("it is an alias to a provider")
        }
        if change.isNeighbour { signs.append("the new addresses are in networks the zone already uses") }
        return signs
    }

    /// Returns the signs that the owner did not make the change.
    private static func suspicion(_ change: SetChange, _ picture: Picture) -> [String] {
        var marks: [String] = []
        if !change.overlaps { marks.append("nothing of the old set is left") }
        if change.cutsTTL {
            marks.append("TTL fell from \(change.ttlBefore ?? 0) to \(change.ttlNow ?? 0) with the change")
        }
        if change.key.type == .mx, !namesSenders(change, picture) { marks.append("SPF does not name the new hosts") }
        marks.append("no change was declared")
        return marks
    }

    private static func isBefore(_ moment: Timestamp, _ change: Timestamp) -> Bool {
        let lead = change.seconds(since: moment)
        return lead >= 3600 && lead <= 14 * 86_400
    }

    /// Whether the SPF record includes the domain of the new mail hosts.
    private static func namesSenders(_ change: SetChange, _ picture: Picture) -> Bool {
        let key = RecordSetKey(picture.domain, .txt)
        guard let text = picture.memory(key)?.current, let spf = TextMeaning(text).spf else { return false }
        let hosts = change.unseenMembers.compactMap { try? RecordData(type: .mx, wire: $0.bytes) }.compactMap {
            MX($0)?.exchange
        }
        return !hosts.isEmpty
            && hosts.allSatisfy { host in
                spf.includes.contains { include in
                    guard let name = try? Name(include) else { return false }
                    return host.commonAncestor(with: name).labelCount >= 2
                }
            }
    }

    // MARK: Words

    private static func hijacked(
        _ change: SetChange, _ signs: [String], _ marks: [String], _ severity: Severity, _ picture: Picture
    ) -> Finding {
        let key = change.key
        let was = change.old.text(of: key.type)
        var finding = Finding(
            .recordHijacked, .content, .hijackSuspected, severity, subject: key,
            text: Narrative(
                "\(key.name) \(key.type) was replaced: now \(change.new.text(of: key.type)) (was \(was)), and there is no sign that it was planned.",
                facts: [
                    "\(change.change.sentence), TTL \(change.ttlNow ?? 0) (was \(change.ttlBefore ?? 0)).",
                    "Seen on \(Change.list(change.holders)), asked directly\(change.isEverywhere ? " (all servers)" : "").",
                ],
                grounds: marks + signs.map { "for a plan: \($0)" },
                isNot: "rotation or propagation: no server ever gave this before.",
                advice:
                    "If none of your people did this: lock the DNS account, restore the record, search certificate logs for "
                    + "\(picture.domain). Mail and logins may be read by somebody else. If it is yours, accept it.",
                check: picture.dig(key)))
        finding.changes = [change.change]
        finding.holds = [key]
        finding.clearing = .after(seconds: 48 * 3600)
        finding.evidence = change.evidence
        return finding
    }

    private static func planned(
        _ change: SetChange, _ signs: [String], _ picture: Picture, severity: Severity = .notice
    ) -> Finding {
        let key = change.key
        let ttl = Int64(max(change.memory.ttl.highest, change.ttlNow ?? 0))
        let verb = change.isBack ? "is back" : change.old.isPresent ? "changed" : "was added"
        var finding = Finding(
            .recordChanged, .change, .plannedChange, severity, subject: key,
            text: Narrative(
                "\(key.name) \(key.type) \(verb): now \(change.new.text(of: key.type)) (was \(change.old.text(of: key.type))).",
                facts: [
                    change.change.sentence + ".",
                    "Seen on \(Change.list(change.holders)); caches may give the old value until \(change.since.adding(seconds: ttl).sentence).",
                ],
                grounds: signs.isEmpty ? ["an ordinary record, changed on its own servers"] : signs,
                isNot: "a hijack, as far as the signs tell.",
                advice: "Nothing, if this is yours. If not, check who has access to the zone.", check: picture.dig(key))
        )
        finding.changes = [change.change]
        finding.holds = [key]
        finding.evidence = change.evidence
        finding.isPrepared = change.isPrepared
        // Servers update one after another; it is reported when all have the new value, or when one has had it for a
        // while.
        if !change.isEverywhere { finding.need = .polls(6) }
        return finding.welcome()
    }
}
