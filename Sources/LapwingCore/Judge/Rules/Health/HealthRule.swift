/// The findings of a calculated health. They come from the conditions of its members, see ``HealthTally``, and not from
/// a round of one domain.
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
