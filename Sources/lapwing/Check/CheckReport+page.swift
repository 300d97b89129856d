import LapwingCore
import LapwingWeb

extension CheckReport {
    /// The report as the rows of the page.
    var rows: [CheckStep.Row] {
        var rows = findings.map { finding in
            CheckStep.Row(
                title: finding.code, text: finding.text, severity: Severity(rawValue: finding.severity) ?? .info,
                advice: finding.advice)
        }
        let servers = delegation.nameservers.map(\.withoutFinalDot).joined(separator: ", ")
        let states = ["delegated": Severity?.none, "absent": .critical, "undelegated": .critical]
        rows.append(
            .init(
                title: "Delegation",
                text: (delegation.parent.map { "\(delegation.state) at \($0.withoutFinalDot)" } ?? "not known")
                    + (servers.isEmpty ? "" : ": \(servers)"),
                severity: states[delegation.state] ?? nil, isKnown: states[delegation.state] != nil))
        for server in delegation.servers {
            let serial = server.serial.map { "serial \($0)" } ?? (server.answers ? "no SOA" : "no answer")
            rows.append(
                .init(
                    title: server.name, text: "\(server.address), \(serial)",
                    severity: server.answers && server.authoritative ? nil : .warning))
        }
        for server in delegation.outOfReach {
            rows.append(
                .init(
                    title: server.name, text: "\(server.address), not asked: \(server.reason)", severity: nil,
                    isKnown: false))
        }
        let reason = dnssec.reason.map { ": \($0.text)" } ?? ""
        rows.append(
            .init(
                title: "DNSSEC", text: dnssec.status + reason, severity: dnssec.status == "bogus" ? .critical : nil,
                isKnown: dnssec.status != "indeterminate"))
        let isBogus = dnssec.status == "bogus"
        for resolver in resolvers {
            let failed = resolver.answers.filter { !["NOERROR", "NXDOMAIN"].contains($0.rcode) }
            // Other data may be an answer by region, and may be forged, so it is not shown as healthy.
            rows.append(
                .init(
                    title: "Resolver \(resolver.name)", text: comparison(resolver),
                    severity: !failed.isEmpty || isBogus ? .warning : differs(resolver) ? .notice : nil))
        }
        for set in records where !set.data.isEmpty {
            rows.append(
                .init(title: "\(set.name) \(set.type)", text: set.data.joined(separator: ", "), isKnown: !isBogus))
        }
        if let registration {
            let isKnown = !["unavailable", "throttled", "unknown"].contains(registration.outcome)
            let facts = [registration.outcome, registration.registrar, registration.expires.map { "until \($0)" }]
            rows.append(
                .init(title: "Registration", text: facts.compactMap(\.self).joined(separator: ", "), isKnown: isKnown))
        }
        return rows.map { row in
            var row = row
            row.title = Narrative.plain(row.title)
            row.text = Narrative.plain(row.text)
            row.advice = row.advice.map(Narrative.plain)
            return row
        }
    }

    /// The last step of the page, with the same JSON as `check --json`.
    var verdict: CheckStep.Verdict {
        let worst = findings.first { $0.severity != "info" }?.text
        let calm = status == .learning ? "Nothing answered." : "No findings."
        return .init(
            condition: status, sentence: Narrative.plain(worst ?? calm),
            json: (try? JSONOutput.text(self, pretty: true)) ?? "{}")
    }
}
