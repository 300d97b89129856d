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
    package var advice: String?
    /// A command line to look for oneself.
    package var check: String?

    package init(
        _ headline: String, facts: [String] = [], grounds: [String] = [], isNot: String? = nil, advice: String? = nil,
        check: String? = nil
    ) {
        self.headline = headline
        self.facts = facts
        self.grounds = grounds
        self.isNot = isNot
        self.advice = advice
        self.check = check
    }

    /// The whole text, for a moment since which it is so.
    package func text(since: Timestamp) -> String {
        var lines = ["\(headline) Since \(since.sentence)."]
        lines += facts
        if !grounds.isEmpty { lines.append("Why: " + grounds.joined(separator: "; ") + ".") }
        if let isNot { lines.append("Not: " + isNot) }
        if let advice { lines.append("Do: " + advice) }
        if let check { lines.append("Check: " + check) }
        return lines.joined(separator: "\n")
    }
}
