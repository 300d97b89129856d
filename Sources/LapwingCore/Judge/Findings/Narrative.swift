/// What a person is told about a finding, in the order in which it is needed.
package struct Narrative: Sendable, Hashable, Codable {
    /// What happened, in one sentence without "since".
    package var headline: String
    /// Old and new, who sees it: one line each.
    package var facts: [String] = []
    /// What decided the verdict.
    package var grounds: [String] = []
    /// What it is not, and why.
    package var isNot: String?
    /// What to do, in a sentence; nil where nothing is to be done.
    package var advice: String?
    /// A command line to look for oneself, safe to paste into a shell; only a ``ShellCommand`` becomes one.
    package private(set) var check: String?

    package init(
        _ headline: String, facts: [String] = [], grounds: [String] = [], isNot: String? = nil, advice: String? = nil,
        check: ShellCommand? = nil
    ) {
        // Names of registrars and the like come from others; they must not begin a line of their own.
        self.headline = headline.visible
        self.facts = facts.map(\.visible)
        self.grounds = grounds.map(\.visible)
        self.isNot = isNot?.visible
        self.advice = advice?.visible
        self.check = check?.text
    }

    /// Tells another command to look for oneself.
    package mutating func look(with command: ShellCommand) { check = command.text }

    /// The same with domain names as people write them: without the final dot that says where the root is.
    var plain: Narrative {
        var result = Narrative(
            Self.plain(headline), facts: facts.map(Self.plain), grounds: grounds.map(Self.plain),
            isNot: isNot.map(Self.plain), advice: advice.map(Self.plain))
        result.check = check.map(Self.plain)
        return result
    }

    /// The whole text, for a moment since which it is so.
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
