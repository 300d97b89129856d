import DNSWire

/// A rule by which a finding is a consequence of an incident and is reported as its news, not as another incident.
///
/// The incident book reads ``table``, line by line, for each finding that belongs to no open incident of its own.
package struct Subsumption: Sendable {
    /// A kind of finding, given by its code, its cause, its class, or a combination of these.
    package struct Matter: Sendable {
        /// Nil for any code.
        package var code: FindingCode?
        /// Nil for any cause.
        package var cause: Cause?
        /// Nil for any class.
        package var incidentClass: IncidentClass?

        package init(_ code: FindingCode? = nil, of cause: Cause? = nil, as incidentClass: IncidentClass? = nil) {
            self.code = code
            self.cause = cause
            self.incidentClass = incidentClass
        }

        /// Whether the part meets every condition given here.
        package func fits(_ part: Incident.Part) -> Bool {
            (code.map { $0 == part.code } ?? true) && (cause.map { $0 == part.cause } ?? true)
                && (incidentClass.map { $0 == part.incidentClass } ?? true)
        }
    }

    /// A description for readers of the table.
    package var name: String
    /// The incident must be, or must once have been, about one of these.
    package var of: [Matter]
    /// The severity that the incident must have reached.
    package var least: Severity
    /// The findings that are reported as news of such an incident.
    package var absorbs: [Matter]
    /// The class to which the incident rises, always critical; nil if the finding's own class and severity apply.
    package var risesTo: IncidentClass?
    /// Seconds after the end of the incident in which it is reopened for this; 0 if it must be open.
    package var lasts: Int64
    /// Whether it applies only in the round in which the incident opens or becomes what `of` describes.
    package var isAtOnce: Bool
    /// Whether it applies only to new targets of a changed record: other names that the record relies on fail for
    /// reasons of their own.
    package var isOfNewValues: Bool

    package init(
        _ name: String, of: [Matter], least: Severity = .info, absorbs: [Matter], risesTo: IncidentClass? = nil,
        lasts: Int64 = 0, isAtOnce: Bool = false, isOfNewValues: Bool = false
    ) {
        self.name = name
        self.of = of
        self.least = least
        self.absorbs = absorbs
        self.risesTo = risesTo
        self.lasts = lasts
        self.isAtOnce = isAtOnce
        self.isOfNewValues = isOfNewValues
    }

    /// The name servers, or the parent's delegation, were taken over or lead nowhere.
    private static let theft = [Matter(of: .delegation, as: .hijackSuspected)]

    /// The lines in the order in which they are read: the first that fits counts.
    package static let table: [Subsumption] = [
        Subsumption(
            "a lost zone is back with other addresses", of: [Matter(.serversRefuse)],
            absorbs: [Matter(.recordHijacked), Matter(.serverDisagrees, as: .hijackSuspected)],
            risesTo: .hijackSuspected),
        Subsumption(
            "a zone lost at a shared host is back without its records",
            of: [Matter(.serversRefuse, as: .takeoverRisk)], absorbs: [Matter(.recordLost)],
            risesTo: .hijackSuspected),
        Subsumption(
            "a lost zone is back otherwise than it was", of: [Matter(.serversRefuse)],
            absorbs: [
                Matter(.serialBackwards), Matter(.ttlCut), Matter(.ttlLow), Matter(.recordLost),
                Matter(.recordChanged), Matter(.recordFlux), Matter(.policyWeakened), Matter(.serverDenies),
                Matter(.serverDisagrees), Matter(.zoneStale), Matter(.dnssecBroken, of: .signatures),
                Matter(.delegationChanged),
            ]),
        Subsumption(
            "servers that were silent are back with an older zone", of: [Matter(.serversSilent)],
            absorbs: [Matter(.serialBackwards)]),
        Subsumption(
            "what a stranger in the zone does besides", of: [Matter(.recordHijacked, as: .hijackSuspected)],
            absorbs: [
                Matter(.recordChanged), Matter(.recordLost), Matter(.policyWeakened), Matter(.serialBackwards),
                Matter(.zoneStale), Matter(.ttlCut), Matter(.ttlLow, as: .ttlAnomaly), Matter(.delegationLame),
            ], isAtOnce: true),
        Subsumption(
            "a change that goes on and on", of: [Matter(.recordChanged, of: .change)], absorbs: [Matter(.recordFlux)]),
        Subsumption(
            "what a changed record leads to", of: [Matter(.recordHijacked), Matter(.recordChanged, of: .change)],
            absorbs: [
                Matter(.dependencyFree), Matter(.dependencyMissing), Matter(.aliasDangling), Matter(.aliasFailing),
            ], isOfNewValues: true),
        Subsumption(
            "users fail where the path was hijacked", of: [Matter(.pathHijacked)], absorbs: [Matter(.resolutionFailing)]
        ),
        Subsumption(
            "foreign data where users failed", of: [Matter(.resolutionFailing)], absorbs: [Matter(.pathHijacked)],
            risesTo: .hijackSuspected),
        Subsumption(
            "the delegation goes after the registrar changed without a word", of: [Matter(.registrationChanged)],
            least: .warning, absorbs: theft, risesTo: .hijackSuspected, lasts: ForewarningMemory.lasts),
        Subsumption(
            "the delegation goes after a lock was lost", of: [Matter(.registrationUnlocked)], least: .notice,
            absorbs: theft, risesTo: .hijackSuspected, lasts: ForewarningMemory.lasts),
        Subsumption(
            "the delegation goes after the DS was removed",
            of: [Matter(.dnssecDowngraded, of: .secureDelegation), Matter(.dnssecDowngraded, of: .delegation)],
            least: .warning, absorbs: theft, risesTo: .hijackSuspected, lasts: ForewarningMemory.lasts),
        Subsumption(
            "what a thief of the delegation does besides", of: theft,
            absorbs: [
                Matter(.dnssecDowngraded, of: .secureDelegation), Matter(.registrationChanged),
                Matter(.registrationUnlocked),
            ]),
        Subsumption(
            "the DS goes with a move", of: [Matter(.delegationChanged), Matter(.dnssecBroken, of: .delegation)],
            absorbs: [Matter(.dnssecDowngraded, of: .secureDelegation)]),
        Subsumption(
            "a move in the round in which the DS goes", of: [Matter(.dnssecDowngraded, of: .secureDelegation)],
            absorbs: [Matter(.delegationChanged), Matter(.delegationLame, of: .delegation)], isAtOnce: true),
        Subsumption(
            "a removed DS as earlier versions filed it", of: [Matter(.dnssecDowngraded, of: .delegation)],
            absorbs: [Matter(.dnssecDowngraded, of: .secureDelegation)]),
    ]

    /// Whether an incident with these parts, changes and this severity absorbs a finding.
    func takesIn(_ found: Finding, into parts: [Incident.Part], _ changes: [Change], _ severity: Severity) -> Bool {
        severity >= least && absorbs.contains { $0.fits(Incident.Part(found)) }
            && parts.contains { part in of.contains { $0.fits(part) } }
            && (!isOfNewValues || changes.contains { $0.leadsTo(what: found) })
    }

    /// Returns the finding with the class and severity that it has in the incident.
    func raised(_ finding: Finding) -> Finding {
        guard let risesTo else { return finding }
        var finding = finding
        if risesTo.weight > finding.incidentClass.weight { finding.incidentClass = risesTo }
        finding.severity = .critical
        return finding
    }
}

extension Change {
    /// Whether the record was changed so that it now refers to the name that the finding is about.
    fileprivate func leadsTo(what finding: Finding) -> Bool {
        guard case .records(let type) = kind, case .dependency(let host) = finding.cause, let record = finding.subject,
            record.type == type || type == .cname, record.name.folded == name.folded
        else { return false }
        let text = host.folded.description.dropLast()
        let names = { (values: [String]) in values.contains { $0.lowercased().contains(text) } }
        return names(new) && !names(old)
    }
}

extension Incident {
    /// One of the matters of an incident.
    package struct Part: Sendable, Hashable, Codable {
        /// Its cause.
        package var cause: Cause
        /// The code of its finding.
        package var code: FindingCode
        /// What it means for the owner.
        package var incidentClass: IncidentClass

        package init(_ cause: Cause, _ code: FindingCode, _ incidentClass: IncidentClass) {
            self.cause = cause
            self.code = code
            self.incidentClass = incidentClass
        }

        package init(_ finding: Finding) {
            self.init(finding.cause, finding.code, finding.incidentClass)
        }
    }

    /// A limit that no real incident reaches.
    static let partLimit = 16

    /// All its matters, its own cause first.
    package var allParts: [Part] { parts ?? [Part(cause, code, incidentClass)] }

    mutating func add(_ findings: [Finding]) {
        var known = allParts
        for part in findings.map(Part.init) where !known.contains(part) && known.count < Self.partLimit {
            known.append(part)
        }
        parts = known
    }

    /// Whether it is about this cause: its own, or that of a consequence.
    package func concerns(_ cause: Cause) -> Bool { self.cause == cause || allParts.contains { $0.cause == cause } }

    /// Whether the finding already belongs to it.
    func includes(_ finding: Finding) -> Bool {
        cause == finding.cause || allParts.contains { $0.cause == finding.cause && $0.code == finding.code }
    }
}

extension IncidentBook {
    /// Findings that are reported together under the cause of one incident.
    struct Group {
        var cause: Cause
        /// The identifier of the closed incident that they reopen.
        var reopens: String?
        var findings: [Finding]
    }

    /// Groups the believed findings by the incidents to which they belong, each in the order in which it was found.
    func groups(_ believed: [Finding], at now: Timestamp) -> [Group] {
        var homes: [Int: Home] = [:]
        let byRank = believed.indices.sorted { one, other in
            let ranks = (Self.rank(believed[one]), Self.rank(believed[other]))
            return ranks.0 == ranks.1 ? one < other : ranks.1 < ranks.0
        }
        for (place, index) in byRank.enumerated() {
            let graver = byRank[..<place].compactMap { other in homes[other].map { (believed[other], $0) } }
            homes[index] = home(of: believed[index], beside: graver, at: now)
        }
        var groups: [Group] = []
        for (index, finding) in believed.enumerated() {
            guard let home = homes[index] else { continue }
            let told = home.line?.raised(finding) ?? finding
            if let known = groups.firstIndex(where: { $0.cause == home.cause }) {
                groups[known].findings.append(told)
                groups[known].reopens = groups[known].reopens ?? home.reopens
            } else {
                groups.append(Group(cause: home.cause, reopens: home.reopens, findings: [told]))
            }
        }
        return groups
    }

    /// The incident to which a finding belongs.
    private struct Home {
        var cause: Cause
        var reopens: String?
        var line: Subsumption?
    }

    /// Whether the finding is news in this round: its incident opens, or becomes graver by it.
    private func isNews(_ finding: Finding, at home: Home) -> Bool {
        guard let known = open.first(where: { $0.cause == home.cause }) else { return true }
        return home.line?.risesTo != nil && !known.includes(finding)
    }

    private func home(of finding: Finding, beside graver: [(Finding, Home)], at now: Timestamp) -> Home {
        if open.contains(where: { $0.cause == finding.cause }) { return Home(cause: finding.cause) }
        if let known = open.first(where: { $0.includes(finding) }) { return Home(cause: known.cause) }
        for line in Subsumption.table where !line.isAtOnce {
            if let known = open.first(where: { line.takesIn(finding, into: $0.allParts, $0.changes, $0.severity) }) {
                return Home(cause: known.cause, line: line)
            }
        }
        // Consequences of news in this round; incidents that are already open were considered above.
        for (other, home) in graver where isNews(other, at: home) {
            let line = Subsumption.table.first {
                $0.takesIn(finding, into: [Incident.Part(other)], other.changes, other.severity)
            }
            if let line { return Home(cause: home.cause, line: line) }
        }
        for line in Subsumption.table where line.lasts > 0 {
            let known = closed.first { incident in
                line.takesIn(finding, into: incident.allParts, incident.changes, incident.severity)
                    && incident.acceptedBy == nil
                    && now.seconds(since: incident.closedAt ?? incident.lastFound) < line.lasts
                    && !open.contains { $0.cause == incident.cause }
            }
            if let known { return Home(cause: known.cause, reopens: known.id, line: line) }
        }
        return Home(cause: finding.cause)
    }
}
