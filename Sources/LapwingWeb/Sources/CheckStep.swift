package import LapwingCore

/// One result of a check-up, delivered as soon as it is known.
package enum CheckStep: Sendable {
    /// A fact or a finding.
    case row(Row)
    /// The last step.
    case verdict(Verdict)

    /// One line of the result.
    package struct Row: Sendable {
        /// The subject: `Delegation`, `ns1.example.net.`, `google`.
        package var title: String
        /// The result.
        package var text: String
        /// Nil for a plain fact.
        package var severity: Severity?
        /// False if no answer allows a judgement, neither good nor bad.
        package var isKnown: Bool
        /// The recommended action; nil for a plain fact, and if nothing has to be done.
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

    /// The overall result.
    package struct Verdict: Sendable {
        /// The overall state.
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
