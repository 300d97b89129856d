/// What a calculated health tells. It judges no round of one domain: the members' conditions do, see ``HealthTally``.
enum HealthRule {
    static let rule = Rule(
        "health", references: ["docs/decisions/0032"],
        table: [
            Rule.Row(
                .healthFailing, .healthFailing, [.critical],
                "fewer members are well than `needs` says, even if all that are not known were; the owner may say another "
                    + "severity")
        ]
    ) { _, _ in [] }
}
