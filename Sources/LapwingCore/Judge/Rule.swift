/// One rule of judgement: a value that declares which findings it may produce and how it produces them.
package struct Rule: Sendable {
    /// One case in the rule's severity table.
    package struct Row: Sendable {
        /// The code of the finding.
        package var code: FindingCode
        /// What it means for the owner.
        package var incidentClass: IncidentClass
        /// The severities that the case may have; several if they depend on how far the matter has gone.
        package var severities: Set<Severity>
        /// When the case applies and, if there are several severities, which of them, in words.
        package var when: String
        /// Seconds for which a new fault of posture has to last before it is reported; nil for other findings.
        package var lasting: Int64?

        package init(
            _ code: FindingCode, _ incidentClass: IncidentClass, _ severities: Set<Severity>, _ when: String,
            lasting: Int64? = nil
        ) {
            self.code = code
            self.incidentClass = incidentClass
            self.severities = severities
            self.when = when
            self.lasting = lasting
        }
    }

    /// The rounds in which a rule judges.
    package enum Phase: Sendable, Hashable {
        case always
        /// Only the first round of a domain, when nothing is remembered. Findings of this phase show the state at one
        /// look; the rules that use the memory decide later which of it to report.
        case firstLook
    }

    /// Short and stable name, used in explanations and in the mutation run.
    package var name: String
    /// RFCs and other texts that the rule is based on.
    package var references: [String]
    /// The rounds in which the rule judges.
    package var phase: Phase
    /// Every case that the rule can find, with the severities that apply.
    package var table: [Row]
    /// Judges the round, given the findings of the rules before it.
    package var judge: @Sendable (Picture, [Finding]) -> [Finding]

    package init(
        _ name: String, references: [String], phase: Phase = .always, table: [Row],
        judge: @escaping @Sendable (Picture, [Finding]) -> [Finding]
    ) {
        self.name = name
        self.references = references
        self.phase = phase
        self.table = table
        self.judge = judge
    }

    /// Returns the finding with a severity that the table lists for its code and class.
    ///
    /// The table is binding, not a description: if a rule gives another severity, the next lower one of the table
    /// applies, or the lowest one. A code or class without a row is left unchanged; tests check that there is none.
    func settled(_ finding: Finding) -> Finding {
        let rows = table.filter { $0.code == finding.code && $0.incidentClass == finding.incidentClass }
        guard let first = rows.first else { return finding }
        var settled = finding
        settled.lasting = rows.compactMap(\.lasting).first
        if phase == .firstLook { settled.need = .never }
        guard !rows.contains(where: { $0.severities.contains(finding.severity) }) else { return settled }
        let severities = rows.flatMap(\.severities)
        settled.severity =
            severities.filter { $0 < finding.severity }.max() ?? severities.min() ?? first.severities.min()
            ?? finding.severity
        return settled
    }
}

extension Watch {
    /// Returns the finding with the severity that the owner configured for its code, or unchanged.
    ///
    /// Rules and memory use the severities of the tables: this setting changes how loudly a matter is reported, not
    /// what it is.
    func told(_ finding: Finding) -> Finding {
        guard let severity = self.severities.severity(of: finding.code.rawValue) else { return finding }
        var told = finding
        told.severity = severity
        return told
    }
}
