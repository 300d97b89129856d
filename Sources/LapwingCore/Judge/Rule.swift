/// One rule of judgement: a value that says what it may find and how it finds it.
package struct Rule: Sendable {
    /// A line of the rule's severity table: one case.
    package struct Row: Sendable {
        /// What is found.
        package var code: FindingCode
        /// What it means for the owner.
        package var incidentClass: IncidentClass
        /// The severities that the case may have; several where it depends on how far the matter has gone.
        package var severities: Set<Severity>
        /// When it is found, and when it is which, in words.
        package var when: String
        /// Seconds for which a fault of posture has to last before a new one is reported; nil for all else.
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

    /// In which rounds a rule judges.
    package enum Phase: Sendable, Hashable {
        case always
        /// In the first round of a domain only, when nothing is remembered. What it finds there is as one look shows it; the
        /// rules that remember say later what of it is to be reported.
        case firstLook
    }

    /// Short and stable; names the rule in explanations and in the mutation run.
    package var name: String
    /// RFCs and other texts it rests on.
    package var references: [String]
    /// In which rounds it judges.
    package var phase: Phase
    /// All that it can find, with the severities that count.
    package var table: [Row]
    /// Looks at the round, and at what the rules before it found.
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

    /// The finding as the table has it: with a severity that stands there for its code and class.
    ///
    /// The table is the law, not a description: where a rule says something else, the nearest lower severity of the table
    /// counts, or the lowest one. A code or class without a line is left as it is; tests see that there is none.
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

/// All rules in the order in which they judge: a rule may take what earlier ones found for an explanation.
package enum Rulebook {
    /// Every rule; those of ``Rule/Phase/firstLook`` come last.
    package static let all: [Rule] = [
        MonitorRule.rule,
        MemoryRule.rule,
        RegistrationRule.rule,
        ParentRule.rule,
        DelegationRule.rule,
        ServersRule.rule,
        GlueRule.rule,
        ChainRule.rule,
        RequiredSigningRule.rule,
        SignatureExpiryRule.rule,
        DenialRule.rule,
        SignalRule.rule,
        IncompleteSigningRule.rule,
        TransportRule.rule,
        AddressRule.rule,
        AgreementRule.rule,
        LossRule.rule,
        PolicyRule.rule,
        ContentRule.rule,
        TTLRule.rule,
        ExpectationRule.rule,
        DependencyRule.rule,
        DependencyTermRule.rule,
        ForeignRule.rule,
        PlaceRule.rule,
        ResolverRule.rule,
        DriftRule.rule,
        HolderRule.rule,
        AnnouncementRule.rule,
        ZoneRule.rule,
        ZoneTransferRule.rule,
        DelegationPostureRule.rule,
        TTLPostureRule.rule,
        SigningPostureRule.rule,
        OpenTransferRule.rule,
        RegistrationPostureRule.rule,
        CopiesRule.rule,
        RegistrationFirstLookRule.rule,
        ServersFirstLookRule.rule,
        ResolversFirstLookRule.rule,
    ]

    /// What is told of several domains together, and judged outside of any round: the tables only.
    package static let acrossDomains: [Rule] = [HealthRule.rule]

    /// What the rules find in one round, with the severities of their tables.
    static func judge(_ picture: Picture, rules: [Rule]) -> [Finding] {
        var findings: [Finding] = []
        for rule in rules where rule.phase == .always || picture.isFirstLook {
            findings += rule.judge(picture, findings).map(rule.settled).map(picture.forecasting)
                .map(picture.placing)
        }
        return findings
    }
}

extension Watch {
    /// The finding with the severity that the owner gives it, where one was said.
    ///
    /// Rules and memory go by what the tables say: this is about how loudly a matter is reported, not about what it is.
    func told(_ finding: Finding) -> Finding {
        guard let severity = severities.severity(of: finding.code.rawValue) else { return finding }
        var told = finding
        told.severity = severity
        return told
    }
}
