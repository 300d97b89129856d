/// The memory of a domain could not be read: its present state was learnt as normal, and a person should check it.
enum MemoryRule {
    /// Seconds for which it is reported, unless a person accepts it before.
    static let lasting: Int64 = 7 * 86_400

    static let rule = Rule(
        "memory", references: ["docs/decisions/0015"],
        table: [
            Rule.Row(.monitorMemory, .monitorFault, [.warning], "what was known of the domain could not be read")
        ]
    ) { picture, _ in
        guard let lost = picture.state.lostAt, picture.now.seconds(since: lost) < lasting else { return [] }
        var finding = Finding(
            .monitorMemory, .memory, .monitorFault, .warning,
            text: Narrative(
                "\(picture.domain): what this monitor knew of it could not be read; its present state was learnt again.",
                facts: ["Learnt again at \(lost.sentence): whatever had changed just before counts as normal now."],
                grounds: ["the row of the domain in the store is damaged, or another version wrote it"],
                isNot: "a fault of \(picture.domain).",
                advice: "Compare what it shows now with what it should show, then accept this.",
                check: "lapwing history \(picture.domain)"))
        finding.since = lost
        finding.shared = "monitor memory"
        finding.need = .now
        finding.clearing = .absent(polls: 1)
        return [finding]
    }
}
