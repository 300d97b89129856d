import DNSWire

/// Names whose value changes with almost every round.
extension ContentRule {
    /// The number of consecutive rounds with entirely new values after which it is reported.
    private static let rounds = 3
    /// The number of rounds after which a name counts as known.
    private static let settled = 12

    /// Returns a finding about entirely new values in every round: they do not recur, as the values of a pool do.
    static func flux(_ change: SetChange, _ picture: Picture) -> Finding? {
        let memory = change.memory
        let values = change.fact.own.map(\.value).filter { $0.kind == .data }
        let members = Set(values.flatMap(\.members))
        guard change.old.isPresent, change.new.alias == nil, !members.isEmpty, memory.polls >= settled,
            !picture.isAnnounced(change.key.type), members.allSatisfy({ memory.pool[$0] == nil })
        else { return nil }
        // For a name whose answers vary, the share of values never seen before must have been small.
        guard memory.isStable || memory.strange.nonzeroBitCount < 6 || picture.isOpen(.recordFlux, change.key) else {
            return nil
        }
        let earlier = memory.novelty ?? SetMemory.Novelty()
        let isNew = Set(earlier.members).isDisjoint(with: members)
        let count = picture.isRegular ? (isNew ? earlier.rounds + 1 : 0) : earlier.rounds
        guard count >= rounds else { return nil }
        let isCut = change.cutsTTL || memory.ttl.wasCut(at: picture.now)
        let isFar = Self.isFar(members, change, picture)
        return finding(change, count, isCut: isCut, isFar: isFar, picture)
    }

    /// Whether no address is in a network that the zone is known to use; values that are not addresses are always far.
    private static func isFar(_ members: Set<Member>, _ change: SetChange, _ picture: Picture) -> Bool {
        guard change.key.type == .a || change.key.type == .aaaa else { return true }
        let width = change.key.type == .a ? 2 : 4
        let known = picture.sets.filter { $0.key.type == change.key.type }.compactMap { picture.memory($0.key) }
        let networks = Set(known.flatMap { memory in memory.pool.keys.map { Array($0.bytes.prefix(width)) } })
        return !members.contains { networks.contains(Array($0.bytes.prefix(width))) }
    }

    private static func finding(
        _ change: SetChange, _ count: Int, isCut: Bool, isFar: Bool, _ picture: Picture
    ) -> Finding {
        let key = change.key
        let isGrave = isCut || isFar
        var finding = Finding(
            .recordFlux, isGrave ? .content : .change, isGrave ? .hijackSuspected : .rotation,
            isGrave ? .critical : .notice, subject: key,
            text: Narrative(
                "\(key.name) \(key.type) gives other records all the time, none of which was ever seen: now \(change.new.text(of: key.type)).",
                facts: [
                    change.change.sentence + ".",
                    "Wholly new in \(count) rounds in a row; \(change.memory.novelty?.members.count ?? 0) so far.",
                ],
                grounds: ["asked directly at the domain's own servers"]
                    + (isCut ? ["its TTL was cut within the last two days"] : [])
                    + (isFar
                        ? ["the records have nothing to do with what the zone was seen to use"]
                        : ["the addresses are in networks that the zone uses"]),
                isNot: "a pool: of a pool some come back.",
                advice: isGrave
                    ? "If none of your people did this, lock the DNS account and restore the record. If the name was put behind "
                        + "a service that works so, accept it."
                    : "Nothing, if a service of yours works so.",
                check: picture.dig(key)))
        finding.changes = [change.change]
        finding.holds = [key]
        finding.evidence = change.evidence
        finding.need = .now
        finding.clearing = isGrave ? .after(seconds: 48 * 3600) : .absent(polls: 12)
        return finding
    }
}

extension Picture {
    fileprivate func isOpen(_ code: FindingCode, _ key: RecordSetKey) -> Bool {
        state.book.open.contains { incident in
            incident.holds.contains(key) && incident.allParts.contains { $0.code == code }
        }
    }
}
