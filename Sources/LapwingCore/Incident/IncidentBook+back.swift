import DNSWire

/// Incidents whose matter is undone and that are watched further for a while.
extension IncidentBook {
    /// Reports each open incident that is completely undone according to two looks; once, until it is found again.
    ///
    /// - Parameters:
    ///   - undone: the reversals that this round saw.
    ///   - lasting: all changes that still hold.
    ///   - present: returns the present value of an RRset or delegation; nil if it is unknown.
    mutating func putBack(
        _ undone: [Change], lasting: [Change], at now: Timestamp, present: (Change) -> [String]?
    ) -> [IncidentEvent] {
        var events: [IncidentEvent] = []
        for index in open.indices where open[index].awaitsWayBack && open[index].lastFound != now {
            let own = open[index].latestChanges
            let ways = undone.filter { way in own.contains { $0.isAbout(way) && Set($0.new) == Set(way.old) } }
            guard open[index].shared == nil, let since = ways.compactMap(\.backSince).max(),
                !own.contains(where: { change in lasting.contains { $0.isSame(as: change) } })
            else { continue }
            events.append(open[index].putBack(own, since: since, at: now, present: present))
        }
        return events
    }

    /// Returns the look that is to confirm that incidents are undone; nil if none seems to be.
    ///
    /// - Parameter missed: changes that this round was the first to miss.
    func lookBack(_ missed: [Change], at now: Timestamp) -> SecondLook? {
        let due = open.filter { incident in
            incident.awaitsWayBack && incident.shared == nil && incident.lastFound != now
                && incident.changes.contains { change in missed.contains { $0.isSame(as: change) } }
        }
        guard !due.isEmpty else { return nil }
        let repeats = due.filter { $0.incidentClass == .resolverPoisoned }.flatMap { incident in
            incident.evidence.compactMap { evidence -> SecondLook.Repeat? in
                guard case .resolver(let label) = evidence.source else { return nil }
                return SecondLook.Repeat(resolver: label, key: evidence.key, times: 4)
            }
        }
        return SecondLook(resolverRepeats: Array(Set(repeats)).sorted { "\($0)" < "\($1)" })
    }
}

extension Incident {
    /// The number of reversals reported for one incident; beyond that it alternates, which is no news.
    static let mostReturns = 2

    /// Whether its reversal is reported as its event; the reversal of a mere notice is a finding of its own.
    var awaitsWayBack: Bool {
        if case .done = clearing { return false }
        return severity >= .warning && backSince == nil && (returns ?? 0) < Self.mostReturns
    }

    /// The last change of each RRset.
    var latestChanges: [Change] {
        changes.indices.filter { index in !changes[(index + 1)...].contains { $0.isAbout(changes[index]) } }
            .map { changes[$0] }
    }

    /// Whether every RRset has the value again that it had before the incident.
    var isUndone: Bool {
        !changes.isEmpty
            && latestChanges.allSatisfy { last in
                changes.first { $0.isAbout(last) }.map { Set($0.old) == Set(last.new) } ?? false
            }
    }

    /// Records that the whole matter is undone.
    fileprivate mutating func putBack(
        _ own: [Change], since: Timestamp, at now: Timestamp, present: (Change) -> [String]?
    ) -> IncidentEvent {
        backSince = since
        returns = (returns ?? 0) + 1
        let lines = own.map { change in
            guard incidentClass != .resolverPoisoned else {
                let who = Change.list(change.seenBy)
                return "\(change.name) \(change.kind) is right again at \(who.isEmpty ? "the resolver" : who), "
                    + "which gave \(Change.list(change.new))."
            }
            return change.wayBack(to: present(change))
        }
        var back = Narrative(lines.first ?? text.headline)
        back.facts = Array(lines.dropFirst().prefix(8)) + ["It was reported as: \(text.headline)"]
        if let until = cachedUntil, until > now {
            back.facts.append("Caches may still give the other value until \(until.sentence).")
        }
        back.facts.append("It is still watched, and reported at once if it comes again.")
        if incidentClass == .hijackSuspected {
            back.advice = "Find out who could do this, and shut them out, before it happens again."
        }
        return tell(back, since: since, at: now)
    }

    /// Returns the event which says that the whole matter is undone; the incident keeps its text.
    mutating func tell(_ back: Narrative, since: Timestamp, at now: Timestamp) -> IncidentEvent {
        let told = text
        text = back.plain
        defer { text = told }
        var event = step(.update, at: now)
        event.title = "Back: \(text.headline)"
        event.text = text.text(since: since)
        event.page = false
        event.isBack = true
        return event
    }

    /// The time until which caches may keep the data, by the answers that were kept as evidence.
    private var cachedUntil: Timestamp? {
        let longest = evidence.compactMap { evidence -> UInt32? in
            guard let message = try? Message(decoding: evidence.wire.answer, leavingOutBrokenExtras: true) else {
                return nil
            }
            return (message.answers + message.authorities).filter { record in
                changes.contains { $0.name.folded == record.name.folded && $0.kind == .records(record.type) }
            }.map(\.ttl).max()
        }.max()
        return longest.map { lastFound.adding(seconds: Int64(min($0, 604_800))) }
    }
}

extension Change {
    /// Returns a sentence about the present state of the change.
    fileprivate func wayBack(to present: [String]?) -> String {
        let what = isAtParent ? "\(name) delegation" : "\(name) \(kind)"
        if let present, !isSameData(present, old) {
            return "\(what) is no longer \(Self.list(new)): now \(Self.list(present))."
        }
        return old.isEmpty
            ? "\(what) \(Self.list(new)) is gone again."
            : "\(what) is back: now \(Self.list(old)) (was \(Self.list(new)))."
    }
}
