/// One rule of judgement: a value that says what it may find and how it finds it.
package struct Rule: Sendable {
    /// A line of the rule's severity table.
    package struct Row: Sendable {
        package var code: FindingCode
        package var incidentClass: IncidentClass
        package var severities: Set<Severity>
        /// When it is which, in words.
        package var when: String

        package init(_ code: FindingCode, _ incidentClass: IncidentClass, _ severities: Set<Severity>, _ when: String) {
            self.code = code
            self.incidentClass = incidentClass
            self.severities = severities
            self.when = when
        }
    }

    /// Short and stable; names the rule when it is switched off.
    package var name: String
    /// RFCs and other texts it rests on.
    package var references: [String]
    package var table: [Row]
    /// Looks at the round, and at what the rules before it found.
    package var judge: @Sendable (Picture, [Finding]) -> [Finding]

    package init(
        _ name: String, references: [String], table: [Row],
        judge: @escaping @Sendable (Picture, [Finding]) -> [Finding]
    ) {
        self.name = name
        self.references = references
        self.table = table
        self.judge = judge
    }
}

/// All rules in the order in which they judge: a rule may take what earlier ones found for an explanation.
package enum Rulebook {
    package static let all: [Rule] = [
        ClockRule.rule,
        RegistryRule.rule,
        ParentRule.rule,
        DelegationRule.rule,
        ServersRule.rule,
        GlueRule.rule,
        ChainRule.rule,
        ExpiryRule.rule,
        DenialRule.rule,
        SignalRule.rule,
        TransportRule.rule,
        StaleRule.rule,
        LossRule.rule,
        PolicyRule.rule,
        ContentRule.rule,
        TTLRule.rule,
        ExpectationRule.rule,
        DependencyRule.rule,
        ForeignRule.rule,
        ResolverRule.rule,
        HolderRule.rule,
        AnnouncementRule.rule,
    ]
}
