import DNSWire

/// The incidents of one watch, open and recently closed, and the suspicions that wait for confirmation.
package struct IncidentBook: Sendable, Hashable, Codable {
    /// The number of closed incidents kept here, so that a matter that returns is not reported as new.
    package static let closedLimit = 24

    /// The number that the next incident gets; it only grows.
    package var next = 1
    /// Open incidents, at most one of a cause.
    package var open: [Incident] = []
    /// Closed incidents, the latest first, at most ``closedLimit``.
    package var closed: [Incident] = []
    /// Findings that are not believed yet, by their keys.
    package var suspicions: [String: Suspicion] = [:]

    package init() {}

    /// The observations of a finding before it is believed.
    package struct Suspicion: Sendable, Hashable, Codable {
        /// When it was first found.
        package var since: Timestamp
        /// The number of rounds of any kind that found it.
        package var looks: Int
        /// The number of regular rounds among them.
        package var polls: Int
        /// The number of consecutive regular rounds without it.
        package var missed = 0
        /// The number of such rounds after which it is dropped.
        package var patience = 1
        /// Its cause, to distinguish a round that did not find it from one that could not have; nil in data of earlier
        /// versions.
        package var cause: Cause?
        /// Nil, like the following properties, in data of earlier versions.
        package var code: FindingCode?
        /// What it would mean for the owner.
        package var incidentClass: IncidentClass?
        /// The RRset that it is about; nil if it is not about one.
        package var subject: RecordSetKey?
        /// The sources of the exchanges that show it.
        package var sources: [Source]?
        /// The last round that found it.
        package var lastFound: Timestamp?
    }

    /// Seconds for which a suspicion waits for a round that can confirm or refute it.
    static let longestSuspicion: Int64 = 86_400

    /// Returns the open incident about this cause: its own cause, or that of a consequence; nil if there is none.
    package func open(_ cause: Cause) -> Incident? {
        open.first { $0.cause == cause } ?? open.first { $0.concerns(cause) }
    }
}

extension IncidentBook {
    /// Whether an incident of one of these causes, at warning or above, is open or was open recently; findings about a
    /// future event do not count.
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
    /// Whether a round that did not find it is evidence against it.
    func wouldBeSeen(in picture: Picture) -> Bool {
        guard let cause, let code, let incidentClass, let lastFound,
            picture.now.seconds(since: lastFound) < IncidentBook.longestSuspicion
        else { return true }
        return picture.wouldSee(cause, code, incidentClass, subject, from: sources ?? [])
    }
}

extension Picture {
    /// Whether a round that did not find the incident's matter shows that it is gone.
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
    /// The number of changes between the same two values of an RRset from which on it alternates, which is no news.
    private static let alternating = 4
    /// The number of changes of one RRset, whatever its values, from which on its reversals are no news.
    private static let restless = 12

    /// Whether a change from one value to the other is among the incidents, so that the reversal is worth reporting.
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
