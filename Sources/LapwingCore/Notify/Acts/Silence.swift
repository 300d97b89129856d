package import DNSWire

/// A time in which some alerts are muted; incidents are still kept.
///
/// Each property that is set narrows it: a silence of one domain and one class mutes that class for that domain and
/// nothing else. Muted incidents are reported when it ends, if they still last. A silence of a record mutes only
/// incidents about that RRset alone; an incident that affects another RRset as well is reported.
package struct Silence: Sendable, Hashable, Identifiable {
    /// The number that the store assigned to it.
    package var id: Int64
    /// Nil for every domain.
    package var domain: Name?
    /// Nil for every class.
    package var incidentClass: IncidentClass?
    /// Nil for every finding.
    package var code: FindingCode?
    /// Nil for every record; the name is folded.
    package var record: RecordSetKey?
    /// The first moment that it covers.
    package var from: Timestamp
    /// The first moment after it.
    package var to: Timestamp
    /// The reason in the user's words; empty if none was given.
    package var reason: String

    package init(
        id: Int64, domain: Name? = nil, incidentClass: IncidentClass? = nil, code: FindingCode? = nil,
        record: RecordSetKey? = nil, from: Timestamp, to: Timestamp, reason: String = ""
    ) {
        self.id = id
        self.domain = domain
        self.incidentClass = incidentClass
        self.code = code
        self.record = record
        self.from = from
        self.to = to
        self.reason = reason
    }

    /// Whether it mutes an event at a moment: the event's present domain, class, code and records decide, so that an
    /// incident that became graver is reported.
    package func covers(_ event: IncidentEvent, at moment: Timestamp) -> Bool {
        covers(event.domain, event.incidentClass, event.code, event.subject, event.changes, at: moment)
    }

    /// Whether it mutes an incident in its present state.
    package func covers(_ incident: Incident, at moment: Timestamp) -> Bool {
        covers(
            incident.domain, incident.incidentClass, incident.code, incident.subject, incident.changes, at: moment)
    }

    private func covers(
        _ domain: Name, _ incidentClass: IncidentClass, _ code: FindingCode, _ subject: RecordSetKey?,
        _ changes: [Change], at moment: Timestamp
    ) -> Bool {
        guard from <= moment, moment < to, self.domain.map({ $0 == domain }) ?? true,
            self.incidentClass.map({ $0 == incidentClass }) ?? true, self.code.map({ $0 == code }) ?? true
        else { return false }
        guard let record else { return true }
        // An incident that affects another RRset as well exceeds the silence.
        return changes.onlyRecord(subject) == record
    }
}

extension Incident {
    /// The one RRset that it is about, so that a silence of that RRset covers it; nil if it affects others too.
    package var onlyRecord: RecordSetKey? { changes.onlyRecord(subject) }
}

extension [Change] {
    /// Returns the subject, unless a change is about another RRset.
    fileprivate func onlyRecord(_ subject: RecordSetKey?) -> RecordSetKey? {
        guard let subject, allSatisfy({ $0.name == subject.name && $0.kind == .records(subject.type) }) else {
            return nil
        }
        return subject
    }
}
