package import LapwingCore

/// One report of the monitor, as a line of a verdict log.
package struct VerdictLine: Sendable, Hashable {
    /// The minute of the scenario.
    package var minute: Int
    /// The kind of event.
    package var event: IncidentEvent.Kind
    /// The incident's identifier.
    package var incident: String
    /// The finding's code, for counting; not part of the log.
    package var code: FindingCode?
    /// The class of the incident.
    package var incidentClass: IncidentClass
    /// The severity.
    package var severity: Severity
    /// Whether it is a page.
    package var page: Bool
    /// The message in one line.
    package var text: String

    package init(
        minute: Int, event: IncidentEvent.Kind, incident: String, incidentClass: IncidentClass, severity: Severity,
        page: Bool, text: String
    ) {
        self.minute = minute
        self.event = event
        self.incident = incident
        self.incidentClass = incidentClass
        self.severity = severity
        self.page = page
        self.text = text
    }

    init(_ event: IncidentEvent, minute: Int) {
        self.init(
            minute: minute, event: event.kind, incident: event.incident, incidentClass: event.incidentClass,
            severity: event.severity, page: event.page, text: event.text)
        code = event.code
    }

    /// One JSON object without a line break.
    package var json: String {
        #"{"t":\#(minute),"event":"\#(event.rawValue)","incident":\#(Self.quoted(incident)),"class":"\#(incidentClass.rawValue)","#
            + #""severity":"\#(severity.rawValue)","page":\#(page),"text":\#(Self.quoted(text))}"#
    }

    private static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\":
                result += "\\"
                result.unicodeScalars.append(scalar)
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\t": result += "\\t"
            case _ where scalar.value < 0x20:
                let digits = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}
