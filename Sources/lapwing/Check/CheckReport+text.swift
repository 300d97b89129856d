import LapwingCore

extension CheckReport {
    /// The verdict, then the findings, worst first, then the facts.
    func text(color: Bool) -> String {
        let verdict =
            paint(status.rawValue.uppercased(), color: color) + Narrative.plain("  \(name)  \(summary)".visible)
        var lines = dry_run?.lines(then: self) ?? []
        if let asked {
            lines.insert(
                "\(asked.withoutFinalDot) is a name in \(name.withoutFinalDot): the whole domain was checked, with this name",
                at: 0)
        }
        for finding in findings {
            lines.append("")
            let note = finding.today == true ? "  (today as well)" : ""
            lines.append("\(finding.severity)  \(finding.code)  \(finding.text)\(note)")
            lines += finding.evidence.map { "    \($0)" }
            if let other = finding.is_not { lines.append("    not \(other)") }
            if let advice = finding.advice { lines.append("    to do: \(advice)") }
            if let check = finding.check { lines.append("    look: \(check)") }
            lines.append("    more: lapwing findings \(finding.code)")
        }
        lines.append("")
        lines.append(
            (delegation.parent.map { "Delegation: \(delegation.state) at \($0.withoutFinalDot)" }
                ?? "Delegation: not known")
                + (delegation.nameservers.isEmpty
                    ? "" : ": " + delegation.nameservers.map(\.withoutFinalDot).joined(separator: ", "))
        )
        for server in delegation.servers {
            let serial = server.serial.map { "serial \($0)" } ?? (server.answers ? "no SOA" : "no answer")
            let note = server.authoritative || !server.answers ? "" : "  not authoritative"
            lines.append("  \(server.name) \(server.address)  \(serial)\(note)")
        }
        for server in delegation.outOfReach {
            lines.append("  \(server.name) \(server.address)  not asked: \(server.reason)")
        }
        lines.append("DNSSEC: \(dnssec.status)\(dnssec.reason.map { " (\($0.code): \($0.text))" } ?? "")")
        if let end = dnssec.signatures_end, dnssec.signed { lines.append("  earliest signature ends \(end)") }
        if let registration {
            lines.append(
                "Registration: \(registration.outcome)\(registration.registrar.map { ", \($0)" } ?? "")"
                    + (registration.expires.map { ", until \($0)" } ?? ""))
        }
        let records = recordLines
        lines.append(records.isEmpty ? "Records: none seen" : "Records:")
        lines += records
        for resolver in resolvers {
            lines.append("Resolver \(resolver.name) \(resolver.address): \(comparison(resolver))")
        }
        return ([verdict] + lines.map { Narrative.plain($0.visible) }).joined(separator: "\n")
    }

    /// The answers of the servers, one line for each value; questions that no server answers are joined in one line.
    private var recordLines: [String] {
        let silent = ["TIMEOUT", "UNREACHABLE", "MALFORMED"]
        var lines: [String] = []
        var unanswered: [(name: String, type: String)] = []
        for set in records where !set.data.isEmpty || set.rcode != "NOERROR" {
            guard silent.contains(set.rcode) else {
                let data = set.data.isEmpty ? set.rcode : set.data.joined(separator: ", ")
                lines.append("  \(set.name) \(set.ttl.map { "\($0) " } ?? "")\(set.type)  \(data)")
                continue
            }
            // Silent servers are listed with the servers.
            let isAnswered = records.contains {
                $0.name == set.name && $0.type == set.type && !silent.contains($0.rcode)
            }
            if !isAnswered, !unanswered.contains(where: { $0 == (set.name, set.type) }) {
                unanswered.append((set.name, set.type))
            }
        }
        if !unanswered.isEmpty { lines.append("  no server answers for \(Self.list(unanswered))") }
        return lines
    }

    /// One line with performance data, as monitoring plugins print it.
    var nagios: String {
        let data = " | " + measures.joined(separator: " ")
        let long = findings.map { "\n" + "\($0.severity) \($0.code): \($0.text)".visible }.joined()
        // Text after a bar is parsed as performance data.
        let line = "\(name) \(summary)".visible.replacing("|", with: "/")
        return "\(status.rawValue.uppercased()): \(line)\(data)\(long.replacing("|", with: "/"))"
    }

    /// Performance data; unknown values are omitted.
    private var measures: [String] {
        func left(_ text: String?) -> Int64? {
            guard let end = text.flatMap(Timestamp.init), let now = Timestamp(at) else { return nil }
            return end.seconds(since: now)
        }
        func count(_ severity: String) -> Int { findings.count { $0.severity == severity } }
        return [
            delegation.servers.compactMap(\.milliseconds).max().map { "'ms'=\($0)ms;;;0" },
            "'critical'=\(count("critical"));;;0", "'warning'=\(count("warning"));;;0",
            "'notice'=\(count("notice"));;;0",
            dnssec.signed ? left(dnssec.signatures_end).map { "'signatures'=\($0)s" } : nil,
            left(registration?.expires).map { "'registration'=\($0)s" },
        ].compactMap(\.self)
    }

    private var summary: String {
        if let dry_run {
            return dry_run.summary(of: name, worst: findings.first { $0.severity != "info" }, status: status)
        }
        guard let worst = findings.first(where: { $0.severity != "info" }) else {
            return status == .learning ? "nothing answered" : "no findings"
        }
        // The name precedes the summary already.
        let lead = name.withoutFinalDot + ": "
        let text = Narrative.plain(worst.text)
        return text.hasPrefix(lead) ? String(text.dropFirst(lead.count)) : text
    }

    private func paint(_ text: String, color: Bool) -> String {
        guard color else { return text }
        let code = [DomainCondition.healthy: 32, .warning: 33, .failing: 31, .learning: 35][status] ?? 0
        return "\u{1B}[1;\(code)m\(text)\u{1B}[0m"
    }
}
