package import LapwingCore

/// What a monitor should say about a scenario.
package struct Expectations: Sendable {
    /// What has to be reported, or may be.
    package var incidents: [ExpectedIncident]
    /// The highest severity allowed for anything that is not listed.
    package var ceiling: Severity
    /// Incidents that may have a page.
    package var mostPages: Int
    /// Incidents that may open with `notice` or more.
    package var mostNotices: Int
    /// Spans of minutes in which nothing of `notice` or more may be said, but what is listed.
    package var quiet: [ClosedRange<Int>]
}

/// One incident that a monitor should tell; times are minutes.
package struct ExpectedIncident: Sendable {
    /// The class, and others that are as good.
    package var classes: [IncidentClass]
    /// The lowest severity that will do.
    package var least: Severity
    /// The highest severity that will do.
    package var most: Severity
    /// Whether it has to be a page.
    package var page: Bool
    /// From when it counts, and until when it is in time.
    package var from: Int
    /// The last minute in which it is in time.
    package var by: Int
    /// It must not be closed before this minute.
    package var hold: Int?
    /// An earlier page of the same incident will do.
    package var same: Bool
    /// Whether it is a fault when it is not reported.
    package var required: Bool
    /// The text must contain one of each.
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

    /// Text, or a number that stands where text is meant.
    private var sayable: String {
        switch tree.content {
        case .integer(let value): "\(value)"
        case .number(let value): "\(value)"
        default: text
        }
    }
}
