import DNSWire

/// What follows from an incident, so that it is reported as its news and not as another incident.
///
/// The book of incidents reads ``table``, line by line, for whatever is found and belongs to no open incident of its own.
package struct Subsumption: Sendable {
    /// Something that can be found: by its code, its cause, its class, or some of these.
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

        /// Whether all that is said here is true of the part.
        package func fits(_ part: Incident.Part) -> Bool {
            (code.map { $0 == part.code } ?? true) && (cause.map { $0 == part.cause } ?? true)
                && (incidentClass.map { $0 == part.incidentClass } ?? true)
        }
    }

    /// In words, for whoever reads the table.
    package var name: String
    /// What the incident is, or was at some time, about.
    package var of: [Matter]
    /// Severity that the incident must have reached.
    package var least: Severity
    /// What is reported as news of such an incident.
    package var absorbs: [Matter]
    /// What the incident becomes with it, critical in any case; nil where the finding's own class and severity decide.
    package var risesTo: IncidentClass?
    /// Seconds after the end of the incident in which it is opened again for this; 0 where it must be open.
    package var lasts: Int64
    /// Only what is found in the very round in which the incident opens, or becomes what `of` says.
    package var isAtOnce: Bool
    /// Only what a changed record newly leads to: another name that the record relies on fails for reasons of its own.
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

    /// The name servers, or what the parent says of them, in strange hands or nowhere.
    private static let theft = [Matter(of: .delegation, as: .hijackSuspected)]

    /// In the order in which it is read: the first line that fits counts.
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

    /// Whether an incident of these parts, changes and this severity takes in what was found.
    func takesIn(_ found: Finding, into parts: [Incident.Part], _ changes: [Change], _ severity: Severity) -> Bool {
        severity >= least && absorbs.contains { $0.fits(Incident.Part(found)) }
            && parts.contains { part in of.contains { $0.fits(part) } }
            && (!isOfNewValues || changes.contains { $0.leadsTo(what: found) })
    }

    /// The finding as it counts for the incident that takes it in.
    func raised(_ finding: Finding) -> Finding {
        guard let risesTo else { return finding }
        var finding = finding
        if risesTo.weight > finding.incidentClass.weight { finding.incidentClass = risesTo }
        finding.severity = .critical
        return finding
    }
}

extension Change {
    /// Whether the record that the finding is about was changed so that it names what the finding is about.
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
    /// One of the matters that an incident is about.
    package struct Part: Sendable, Hashable, Codable {
        /// What it is about.
        package var cause: Cause
        /// What it was found as.
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

    /// More than one incident has in any story.
    static let partLimit = 16

    /// All that it is about, the cause first.
    package var allParts: [Part] { parts ?? [Part(cause, code, incidentClass)] }

    mutating func add(_ findings: [Finding]) {
        var known = allParts
        for part in findings.map(Part.init) where !known.contains(part) && known.count < Self.partLimit {
            known.append(part)
        }
        parts = known
    }

    /// Whether it is about this, whether as its cause or as something that followed from it.
    package func concerns(_ cause: Cause) -> Bool { self.cause == cause || allParts.contains { $0.cause == cause } }

    /// Whether what was found is reported with it already.
    func includes(_ finding: Finding) -> Bool {
        cause == finding.cause || allParts.contains { $0.cause == finding.cause && $0.code == finding.code }
    }
}

extension IncidentBook {
    /// Findings that are reported together, under the cause of the incident.
    struct Group {
        var cause: Cause
        /// The closed incident that they open again.
        var reopens: String?
        var findings: [Finding]
    }

    /// Sorts what is believed by the incidents that it belongs to, each in the order in which it was found.
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

    /// Where a finding is reported.
    private struct Home {
        var cause: Cause
        var reopens: String?
        var line: Subsumption?
    }

    /// Whether what was found is news in this round: of an incident that opens, or of one that becomes graver by it.
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
        // Of what is new in this round; a graver one that is open already had its turn above.
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
