package import DNSWire

/// The recovery of a shared cause: it is complete when it is undone for all domains.
extension SharedThread {
    /// The domains for which it is undone, and what was reported of that.
    package struct Recovery: Sendable, Hashable, Codable {
        /// Seconds for which a message about a partial recovery waits for the other domains, at first and later.
        static let patience: Int64 = 30
        static let pauses: [Int64] = [300, 900, 3600]

        /// The domains for which it is undone or over, by their incidents.
        package var domains: [String: Name] = [:]
        /// Incidents whose recovery was reported.
        package var told: Set<String> = []
        /// When the first of them recovered.
        package var began: Timestamp
        /// When a message about a partial recovery is due; nil while it would say nothing new.
        package var due: Timestamp?
        /// The number of messages so far.
        package var messages = 0
        /// Whether the recovery of all was reported, and nothing has happened since.
        package var isTold = false

        init(at now: Timestamp) { began = now }
    }

    /// Whether it is undone, and not only over, for all members that are still open.
    var isBack: Bool {
        guard let recovery, !members.isEmpty else { return false }
        return members.allSatisfy { recovery.domains[$0] != nil }
    }

    /// Records that it is undone, or over, for one of the domains.
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

    /// Records that it is found at one of the domains, possibly again.
    ///
    /// - Returns: whether that contradicts the last report; nil if the domain was not known to have recovered.
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
            // It begins anew with the domains that it affects now.
            title = event.title
            domains = [event.domain]
            toldDomains = 0
            messages = 0
            began = now
        }
        return wasAllTold || wasTold ? true : wasWell ? false : nil
    }

    /// Records that the recovery was reported, and returns the updated thread.
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

    /// Returns the message that it is undone, for all domains or for some.
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
