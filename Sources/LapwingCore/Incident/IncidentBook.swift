import DNSWire

/// The incidents of one watch, open and recently closed, and the suspicions that wait for confirmation.
package struct IncidentBook: Sendable, Hashable, Codable {
    /// Closed incidents that are kept here, so that what comes back is not reported as new.
    package static let closedLimit = 24

    /// The number that the next incident gets; it only grows.
    package var next = 1
    /// Open incidents, at most one of a cause.
    package var open: [Incident] = []
    /// Closed ones, the latest first, at most ``closedLimit``.
    package var closed: [Incident] = []
    /// What was found and is not believed yet, by the finding's key.
    package var suspicions: [String: Suspicion] = [:]

    package init() {}

    /// How often a finding was seen before it was believed.
    package struct Suspicion: Sendable, Hashable, Codable {
        /// When it was first found.
        package var since: Timestamp
        /// Rounds of any kind that found it.
        package var looks: Int
        /// Regular rounds among them.
        package var polls: Int
        /// Regular rounds in a row without it.
        package var missed = 0
        /// How many such rounds it may take.
        package var patience = 1
        /// What it is of, to tell a round that did not find it from one that could not have.
        package var cause: Cause?
        /// Nil, like the following, in what earlier versions wrote.
        package var code: FindingCode?
        /// What it would mean for the owner.
        package var incidentClass: IncidentClass?
        /// The RRset that it is about, when it is about one.
        package var subject: RecordSetKey?
        /// Who was asked in the exchanges that show it.
        package var sources: [Source]?
        /// The last round that found it.
        package var lastFound: Timestamp?
    }

    /// Seconds for which a suspicion waits for a round that can tell.
    static let longestSuspicion: Int64 = 86_400

    /// The open incident that is about this, whether as its cause or as something that followed from it.
    package func open(_ cause: Cause) -> Incident? {
        open.first { $0.cause == cause } ?? open.first { $0.concerns(cause) }
    }
}

extension IncidentBook {
    /// Whether an incident of one of these causes is open, or was until recently, at warning or above; what is only said to
    /// come does not count.
    func isTroubled(
        _ causes: [Cause], within seconds: Int64, except codes: [FindingCode] = [], at now: Timestamp
    ) -> Bool {
        func isGrave(_ incident: Incident) -> Bool {
            let foretells: [FindingCode] = [.dnssecIterations, .dnssecExpiring, .registrationExpiring]
            return incident.severity >= .warning
                && incident.allParts.contains {
                    causes.contains($0.cause) && !foretells.contains($0.code) && !codes.contains($0.code)
                }
        }
        return open.contains(where: isGrave)
            || closed.contains { isGrave($0) && now.seconds(since: $0.closedAt ?? $0.lastFound) < seconds }
    }
}

extension IncidentBook.Suspicion {
    /// Whether a round that did not find it speaks against it.
    func wouldBeSeen(in picture: Picture) -> Bool {
        guard let cause, let code, let incidentClass, let lastFound,
            picture.now.seconds(since: lastFound) < IncidentBook.longestSuspicion
        else { return true }
        return picture.wouldSee(cause, code, incidentClass, subject, from: sources ?? [])
    }
}

extension Picture {
    /// Whether a round that did not find the incident's matter says that it is gone.
    func wouldSee(_ incident: Incident) -> Bool {
        let sources = incident.evidence.map(\.source)
        return wouldSee(incident.cause, incident.code, incident.incidentClass, incident.subject, from: sources)
            && incident.allParts.allSatisfy {
                $0.cause == incident.cause
                    || wouldSee($0.cause, $0.code, $0.incidentClass, incident.subject, from: sources)
            }
    }
}

extension IncidentBook {
    /// Changes between the same two values of an RRset from which on it goes to and fro, which is no news.
    private static let alternating = 4
    /// Changes of one RRset, whatever its values, from which on its ways back are no news.
    private static let restless = 12

    /// Whether a change from one value to another is among the incidents, so that the way back is worth telling.
    func wasLeft(_ value: SetValue, for other: SetValue, key: RecordSetKey) -> Bool {
        let left = value.texts(of: key.type)
        let taken = other.texts(of: key.type)
        let changes = (open + closed).flatMap(\.changes).filter {
            $0.name == key.name && $0.kind == .records(key.type) && !$0.isAtParent
        }
        let turns = changes.filter { [$0.old, $0.new] == [left, taken] || [$0.old, $0.new] == [taken, left] }
        return changes.count < Self.restless && turns.count < Self.alternating
            && turns.contains { $0.old == left && $0.new == taken }
    }
}
