package import DNSWire

/// A time in which some alerts are held back; incidents are still kept.
///
/// Each member that is set narrows it: a silence of one domain and one class holds back that class of that domain, and
/// nothing else. What it held back is reported when it ends, if it still lasts. One of a record holds back what is about that
/// RRset alone: what touches another one as well is reported.
package struct Silence: Sendable, Hashable, Identifiable {
    /// The number that the store gave it.
    package var id: Int64
    /// Nil for every domain.
    package var domain: Name?
    /// Nil for every class.
    package var incidentClass: IncidentClass?
    /// Nil for every finding.
    package var code: FindingCode?
    /// Nil for every record; its name is folded.
    package var record: RecordSetKey?
    /// The first moment that it covers.
    package var from: Timestamp
    /// The first moment that it no longer covers.
    package var to: Timestamp
    /// The user's words; empty when none were given.
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

    /// Whether it holds back what is to be said about an event at a moment: by the event's domain, class, code and records
    /// as they are then, so that an incident that became something worse is reported.
    package func covers(_ event: IncidentEvent, at moment: Timestamp) -> Bool {
        covers(event.domain, event.incidentClass, event.code, event.subject, event.changes, at: moment)
    }

    /// Whether it holds back what would be said of an incident as it is.
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
        // What is about another RRset as well is more than was silenced.
        return changes.onlyRecord(subject) == record
    }
}

extension Incident {
    /// The one RRset that it is about, so that a silence of that RRset covers it; nil where it touches others too.
    package var onlyRecord: RecordSetKey? { changes.onlyRecord(subject) }
}

extension [Change] {
    /// The subject, where no change is about another RRset.
    fileprivate func onlyRecord(_ subject: RecordSetKey?) -> RecordSetKey? {
        guard let subject, allSatisfy({ $0.name == subject.name && $0.kind == .records(subject.type) }) else {
            return nil
        }
        return subject
    }
}
