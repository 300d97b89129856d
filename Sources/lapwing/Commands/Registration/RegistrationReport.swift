import LapwingCore
import LapwingProbes
import RegistrationData

/// A look-up as text and as JSON.
enum RegistrationReport {
    static func text(_ report: LookupReport) -> String {
        var lines = [headline(report)]
        for row in rows(report) {
            let label = row.label.padding(to: 16)
            lines.append("  \(label) \(row.value)" + (row.source.map { "  (\($0))" } ?? ""))
        }
        lines.append("")
        for attempt in report.attempts {
            let result = attempt.failure?.text ?? attempt.registration.map { "\($0.outcome.rawValue)" } ?? ""
            lines.append(
                "  \(name(of: attempt.source).padding(to: 16)) \(attempt.server): \(result), \(attempt.milliseconds) ms"
            )
        }
        // Texts of registries and registrars may contain any characters.
        return lines.map(\.visible).joined(separator: "\n")
    }

    private static func headline(_ report: LookupReport) -> String {
        guard let registration = report.registration else {
            return "\(report.domain): not known, \(report.failure?.text ?? "no server answered")"
        }
        guard registration.isRegistered != false else { return "\(report.domain): not registered" }
        let alarms = registration.alarms.map(\.rawValue).sorted()
        let state = registration.isRegistered == true ? "registered" : registration.outcome.rawValue
        return "\(report.domain): " + (alarms.isEmpty ? state : state + ", " + alarms.joined(separator: ", "))
    }

    private struct Row {
        var label: String
        var value: String
        var source: String?
    }

    private static func rows(_ report: LookupReport) -> [Row] {
        guard let registration = report.registration, registration.isRegistered == true else { return [] }
        var rows: [Row] = []
        func add(_ label: String, _ value: String?, _ source: FactSource?) {
            if let value { rows.append(Row(label: label, value: value, source: source.map(name))) }
        }
        add("registrar", registration.registrar?.value, registration.registrar?.source)
        add("created", registration.created?.value.description, registration.created?.source)
        add("updated", registration.updated?.value.description, registration.updated?.source)
        add(
            "expires", registration.expires?.value.description ?? sentence(registration.expiry),
            registration.expires?.source)
        if registration.registrarExpires != registration.expires {
            add(
                "registrar's end", registration.registrarExpires?.value.description,
                registration.registrarExpires?.source)
        }
        add("status", registration.statuses?.value.joined(separator: ", "), registration.statuses?.source)
        add("name servers", registration.nameServers?.value.joined(separator: " "), registration.nameServers?.source)
        add(
            "signed", registration.delegationSigned.map { $0.value ? "yes" : "no" },
            registration.delegationSigned?.source)
        for signer in registration.delegationSigners { add("DS", signer, nil) }
        return rows
    }

    private static func sentence(_ state: Registration.ExpiryState) -> String {
        switch state {
        case .given: ""
        case .notPublished: "not published by this registry"
        case .saidToBeNone: "none, says the registry"
        case .unreadable: "given in a form that could not be read"
        case .absent: "not given"
        }
    }

    private static func name(of source: FactSource) -> String {
        switch source {
        case .registryRDAP: "registry, RDAP"
        case .registrarRDAP: "registrar, RDAP"
        case .registryWHOIS: "registry, WHOIS"
        case .registrarWHOIS: "registrar, WHOIS"
        case .manual: "entered by hand"
        }
    }
}

extension String {
    fileprivate func padding(to width: Int) -> String {
        self + String(repeating: " ", count: max(0, width - count))
    }
}
