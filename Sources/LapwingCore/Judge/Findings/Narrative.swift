/// The text about a finding for people, in the order in which they need it.
package struct Narrative: Sendable, Hashable, Codable {
    /// What happened, in one sentence without "since".
    package var headline: String
    /// Old and new values and who sees them, one line each.
    package var facts: [String] = []
    /// The reasons for the verdict.
    package var grounds: [String] = []
    /// What the finding is not, and why; nil if no other explanation suggests itself.
    package var isNot: String?
    /// What to do, in a sentence; nil if nothing has to be done.
    package var advice: String?
    /// A command line with which to check it, safe to paste into a shell; only a ``ShellCommand`` becomes one. Nil if
    /// there is none.
    package private(set) var check: String?

    package init(
        _ headline: String, facts: [String] = [], grounds: [String] = [], isNot: String? = nil, advice: String? = nil,
        check: ShellCommand? = nil
    ) {
        // Names of registrars and similar texts come from third parties; they must not begin a line of their own.
        self.headline = headline.visible
        self.facts = facts.map(\.visible)
        self.grounds = grounds.map(\.visible)
        self.isNot = isNot?.visible
        self.advice = advice?.visible
        self.check = check?.text
    }

    /// Replaces the command with which to check it.
    package mutating func look(with command: ShellCommand) { check = command.text }

    /// The same text with domain names as people write them: without the final dot.
    var plain: Narrative {
        var result = Narrative(
            Self.plain(headline), facts: facts.map(Self.plain), grounds: grounds.map(Self.plain),
            isNot: isNot.map(Self.plain), advice: advice.map(Self.plain))
        result.check = check.map(Self.plain)
        return result
    }

    /// Returns the whole text of an incident that began at this moment.
    package func text(since: Timestamp) -> String {
        var lines = ["\(headline) Since \(since.sentence)."]
        lines += facts
        if !grounds.isEmpty { lines.append("Why: " + grounds.joined(separator: "; ") + ".") }
        if let isNot { lines.append("Not: " + isNot) }
        if let advice { lines.append("Do: " + advice) }
        if let check { lines.append("Check: " + check) }
        return lines.map(\.visible).joined(separator: "\n")
    }
}
