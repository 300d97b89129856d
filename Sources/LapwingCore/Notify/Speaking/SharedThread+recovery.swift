package import DNSWire

/// The way back of a cause that domains share: it is undone when it is undone for all of them.
extension SharedThread {
    /// Of which domains it is undone, and what was said of that.
    package struct Recovery: Sendable, Hashable, Codable {
        /// Seconds for which a message that only some are well waits for the others, at first and from then on.
        static let patience: Int64 = 30
        static let pauses: [Int64] = [300, 900, 3600]

        /// The domains of which it is undone or over, by their incidents.
        package var domains: [String: Name] = [:]
        /// Incidents of which it was said.
        package var told: Set<String> = []
        /// When the first of them was well.
        package var began: Timestamp
        /// When a message that only some are well is due; nil while there is nothing new in that.
        package var due: Timestamp?
        /// Messages so far.
        package var messages = 0
        /// Whether it was said that all are well, and nothing has come since.
        package var isTold = false

        init(at now: Timestamp) { began = now }
    }

    /// Whether it is undone for all that are still open, and not only over.
    var isBack: Bool {
        guard let recovery, !members.isEmpty else { return false }
        return members.allSatisfy { recovery.domains[$0] != nil }
    }

    /// Takes in that it is undone, or over, for one of the domains.
    mutating func recover(_ event: IncidentEvent, at now: Timestamp) {
        var known = recovery ?? Recovery(at: now)
        if known.domains.isEmpty { known.began = now }
        known.domains[event.incident] = event.domain
        if !known.isTold, !known.told.contains(event.incident) {
            known.due = known.due ?? now.adding(seconds: Self.pause(after: known.messages))
        }
        recovery = known
    }

    private static func pause(after messages: Int) -> Int64 {
        messages == 0 ? Recovery.patience : Recovery.pauses[min(messages, Recovery.pauses.count) - 1]
    }

    /// Takes in that it is found at one of the domains, maybe once more.
    ///
    /// - Returns: whether that contradicts what was said last; nil where it was not known to be well.
    mutating func relapse(_ event: IncidentEvent, at now: Timestamp) -> Bool? {
        guard var known = recovery else { return nil }
        let wasAllTold = known.isTold
        if wasAllTold { known.told = [] }
        let wasTold = known.told.remove(event.incident) != nil
        let wasWell = known.domains.removeValue(forKey: event.incident) != nil
        known.isTold = false
        if known.told.isSuperset(of: known.domains.keys) { known.due = nil }
        recovery = known
        if wasAllTold {
            // It begins anew, with those that it touches now.
            title = event.title
            domains = [event.domain]
            toldDomains = 0
            messages = 0
            began = now
        }
        return wasAllTold || wasTold ? true : wasWell ? false : nil
    }

    /// Notes what was said of the way back, and gives itself back.
    mutating func toldRecovery(at now: Timestamp) -> SharedThread {
        guard var known = recovery else { return self }
        known.told = Set(known.domains.keys)
        known.isTold = isBack
        known.due = nil
        known.messages += 1
        recovery = known
        return self
    }

    // MARK: Words

    /// The message that it is undone, for all domains or for some.
    func recoveryMessage(at now: Timestamp) -> IncidentEvent {
        let isAll = isBack
        let words = Narrative.plain(
            isMove == true ? "What changed (\(shared)) is undone." : SharedCause.recovery(shared, code))
        let well = Set((recovery?.domains ?? [:]).values.map(\.folded))
        let others = domains.filter { !well.contains($0.folded) }
        let count = domains.count
        var headline = "Back: \(words)"
        if !isAll {
            headline =
                "Partly back: \(words.dropLast()) for \(count - others.count) of \(count) domains, not for all yet."
        } else if count > 1 {
            headline += " All \(count) domains that shared this cause are well."
        }
        var lines = ["\(headline) Since \((recovery?.began ?? now).sentence)."]
        if isAll {
            lines.append("It was reported as: \(title)")
            lines.append("It is still watched, and reported at once if it comes again.")
            if count > 1 { lines.append(list) }
        } else {
            lines.append(Self.list(others, "Not yet"))
            lines.append(Self.list(domains.filter { well.contains($0.folded) }, "Well again"))
        }
        var event = IncidentEvent(
            id: "\(incident)+\(began.seconds).back\(recovery?.messages ?? 0).\(now.seconds)", incident: incident,
            kind: .update, code: code, incidentClass: incidentClass, severity: severity, page: false, domain: domain,
            subject: subject, title: headline, text: lines.joined(separator: "\n"), changes: [], since: since, at: now,
            shared: shared)
        event.isBack = isAll ? true : nil
        return event
    }
}
