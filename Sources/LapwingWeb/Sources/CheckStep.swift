package import LapwingCore

/// One thing that a check-up has found out, told as soon as it is known.
package enum CheckStep: Sendable {
    /// A fact or a finding.
    case row(Row)
    /// The last step.
    case verdict(Verdict)

    /// One line of the result.
    package struct Row: Sendable {
        /// What was looked at: `Delegation`, `ns1.example.net.`, `google`.
        package var title: String
        /// What was found.
        package var text: String
        /// Nil for a plain fact.
        package var severity: Severity?
        /// False where nothing came that would tell: neither well nor ill.
        package var isKnown: Bool
        /// What to do about it; of a finding.
        package var advice: String?

        package init(
            title: String, text: String, severity: Severity? = nil, isKnown: Bool = true, advice: String? = nil
        ) {
            self.title = title
            self.text = text
            self.severity = severity
            self.isKnown = isKnown
            self.advice = advice
        }
    }

    /// What all of it comes to.
    package struct Verdict: Sendable {
        /// The state in one word.
        package var condition: DomainCondition
        /// The same in a sentence.
        package var sentence: String
        /// The whole result as the command line prints it with `--json`.
        package var json: String

        package init(condition: DomainCondition, sentence: String, json: String) {
            self.condition = condition
            self.sentence = sentence
            self.json = json
        }
    }
}
