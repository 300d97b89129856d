/// All rules in the order in which they judge: a rule may take earlier findings as an explanation.
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

    /// Rules about several domains, judged outside any round; only their tables are used here.
    package static let acrossDomains: [Rule] = [HealthRule.rule]

    /// Returns the findings of all rules in one round, with the severities of their tables.
    static func judge(_ picture: Picture, rules: [Rule]) -> [Finding] {
        var findings: [Finding] = []
        for rule in rules where rule.phase == .always || picture.isFirstLook {
            findings += rule.judge(picture, findings).map(rule.settled).map(picture.forecasting)
                .map(picture.placing)
        }
        return findings
    }
}
