package import LapwingCore

/// The expected reports of a monitor about a scenario.
package struct Expectations: Sendable {
    /// Incidents that must or may be reported.
    package var incidents: [ExpectedIncident]
    /// The highest severity of any incident that is not listed.
    package var ceiling: Severity
    /// The largest number of incidents with a page.
    package var mostPages: Int
    /// The largest number of incidents that are opened with `notice` or higher.
    package var mostNotices: Int
    /// Periods of minutes without reports of `notice` or higher, except for listed incidents.
    package var quiet: [ClosedRange<Int>]
}

/// One expected incident; times are minutes.
package struct ExpectedIncident: Sendable {
    /// The accepted classes.
    package var classes: [IncidentClass]
    /// The lowest accepted severity.
    package var least: Severity
    /// The highest accepted severity.
    package var most: Severity
    /// Whether a page is required.
    package var page: Bool
    /// The first minute in which a report counts.
    package var from: Int
    /// The last minute in which a report is in time.
    package var by: Int
    /// The minute before which it must not be closed; nil if it may be closed at any time.
    package var hold: Int?
    /// Whether an earlier page of the same incident is sufficient.
    package var same: Bool
    /// Whether a missing report is a fault.
    package var required: Bool
    /// The text must contain one alternative of each list.
    package var say: [[String]]
}

extension TreeReader {
    func expectations() -> Expectations {
        keys(["ceiling", "max_pages", "max_notices", "quiet", "incidents"], of: "expect")
        return Expectations(
            incidents: required("incidents").list.map { $0.expectedIncident() },
            ceiling: required("ceiling").word(Severity.self) ?? .info,
            mostPages: required("max_pages").integer(0...1_000_000),
            mostNotices: required("max_notices").integer(0...1_000_000),
            quiet: (optional("quiet")?.list ?? []).map { span in
                span.keys(["from", "to"], of: "a quiet span")
                let from = span.required("from").integer()
                return from...max(from, span.required("to").integer())
            })
    }

    private func expectedIncident() -> ExpectedIncident {
        keys(
            [
                "class", "or", "severity", "most", "page", "visible", "polls", "via", "from", "by", "hold", "same",
                "required", "say",
            ], of: "an expected incident")
        let others = optional("or")?.list ?? []
        let least = required("severity").word(Severity.self) ?? .info
        let visible = required("visible").integer()
        return ExpectedIncident(
            classes: ([required("class")] + others).compactMap { $0.word(IncidentClass.self) },
            least: least, most: optional("most").map { $0.word(Severity.self) ?? least } ?? least,
            page: required("page").boolean, from: optional("from")?.integer() ?? visible, by: required("by").integer(),
            hold: optional("hold")?.integer(), same: optional("same")?.boolean ?? false,
            required: optional("required")?.boolean ?? true,
            say: required("say").list.map { $0.oneOrMore.map(\.sayable) })
    }

    /// A text, or a number in place of one.
    private var sayable: String {
        switch tree.content {
        case .integer(let value): "\(value)"
        case .number(let value): "\(value)"
        default: text
        }
    }
}
