/// Announced changes that are missing, confirmed, or different from the announcement.
enum AnnouncementRule {
    /// Seconds after the end of a window in which it is reported that nothing changed.
    static let telling: Int64 = 86_400

    static let rule = Rule(
        "announcement", references: ["RFC 2182 §4"],
        table: [
            Rule.Row(.changeMissing, .plannedChange, [.notice], "a declared window passed and nothing changed"),
            Rule.Row(
                .changeMissing, .plannedChange, [.warning],
                "what was announced word for word is not there at the end of its time, or in part only"),
            Rule.Row(
                .changeConfirmed, .plannedChange, [.notice], "what was announced word for word is at all servers"),
            Rule.Row(
                .changeDifferent, .plannedChange, [.warning],
                "a value that is neither the one before nor the announced one, and that no other rule reports"),
        ]
    ) { picture, found in
        guard !picture.isBlind, !picture.isLearning else { return [] }
        let contents = contents(picture, found)
        return contents
            + picture.state.announcements.filter { !$0.isDone && $0.to <= picture.now }.map { announced in
                let what = announced.subjects.joined(separator: ", ")
                var finding = Finding(
                    .changeMissing, .window(Timestamp(seconds: announced.from.seconds)), .plannedChange, .notice,
                    text: Narrative(
                        "\(picture.domain): the change of \(what) that was declared has not happened.",
                        facts: ["Window: \(announced.from.sentence) to \(announced.to.sentence)."],
                        grounds: ["what the window covers was the same in every round of it"],
                        isNot: "a fault: everything is as it was before the window.",
                        advice: "See whether the work was put off; declare a new window for it."))
                finding.need = .now
                return finding.welcome(seconds: 3600)
            }
    }
}
