import LapwingCore

extension CheckReport.DryRun {
    /// The summary of a dry run, unless a finding says more.
    func summary(of domain: String, worst: CheckReport.Finding?, status: DomainCondition) -> String {
        var text: String
        let isNew = !(worst?.today ?? false)
        if let worst, worst.severity == "critical" {
            text = worst.text
        } else if let words = loss(lost.filter(\.servers.isEmpty)) {
            text = words
        } else if let worst, worst.severity == "warning", isNew {
            text = worst.text
        } else if let words = loss(lost) {
            text = words
        } else if status == .learning {
            text = unknown.isEmpty ? "nothing answered" : "what would be lost is not known"
        } else if let worst, isNew || worst.severity == "warning" {
            text = worst.text
        } else {
            text = "nothing would be lost"
        }
        let lead = domain.withoutFinalDot + ": "
        text = Narrative.plain(text)
        return "dry run: " + (text.hasPrefix(lead) ? String(text.dropFirst(lead.count)) : text)
    }

    private func loss(_ sets: [RecordSet]) -> String? {
        guard let first = sets.first else { return nil }
        let more = sets.count > 1 ? " and \(sets.count - 1) more" : ""
        return "\(first.name.withoutFinalDot) \(first.type)\(more) would be lost\(place(first))"
    }

    /// The supposition and its effects, with one line for each RRset.
    func lines(then: CheckReport) -> [String] {
        var lines = ["Supposed: \(supposition)", "Today: \(present)"]
        let will = "would be \(verdict(then.dnssec.status))"
        lines.append("DNSSEC: \(today.nameservers.isEmpty ? "" : "\(verdict(today.dnssec)) today, ")\(will)")
        lines += ds.map { "  DS \($0.ds): \($0.text)" }
        let validating = resolvers.filter { $0.then == "SERVFAIL" }.map(\.name)
        if !validating.isEmpty { lines.append("  \(validating.joined(separator: ", ")) would answer SERVFAIL") }
        let others = resolvers.filter { $0.validates == false && then.dnssec.status == "bogus" }.map(\.name)
        if !others.isEmpty { lines.append("  \(others.joined(separator: ", ")) would answer: no validation there") }
        lines += section("Would be lost", lost) { "\(time($0.today_ttl))\($0.type)  \(list($0.today))\(place($0))" }
        lines += section("Would change", changed) { "\($0.type)  \(list($0.today)) -> \(list($0.then))" }
        lines += section("Would be new", new) { "\(time($0.then_ttl))\($0.type)  \(list($0.then))" }
        lines += section("Other time to live", ttl) { "\($0.type)  \(time($0.today_ttl))-> \(time($0.then_ttl))" }
        if !unknown.isEmpty {
            lines.append("Not known: \(CheckReport.list(unknown.map { ($0.name, $0.type) }))")
        }
        if lost.isEmpty, changed.isEmpty, new.isEmpty, ttl.isEmpty, unknown.isEmpty {
            lines.append("The watched records would be the same.")
        }
        if !mistakes.isEmpty { lines += ["In the zone file:"] + mistakes.map { "  \($0)" } }
        return lines
    }

    private var supposition: String {
        let servers = supposed.nameservers?.map { server in
            let addresses = server.addresses.isEmpty ? "" : " (\(server.addresses.joined(separator: ", ")))"
            return server.name.withoutFinalDot + addresses
        }
        let parts = [
            servers.map { "name servers \($0.joined(separator: ", "))" },
            supposed.ds.map { $0.isEmpty ? "no DS" : "DS \($0.joined(separator: "; "))" },
            supposed.zone.map { "the contents of \($0)" },
        ]
        return parts.compactMap(\.self).joined(separator: "; ")
    }

    private var present: String {
        let servers = today.nameservers.map(\.withoutFinalDot).joined(separator: ", ")
        let digests = today.ds.isEmpty ? "no DS" : "DS \(today.ds.joined(separator: "; "))"
        guard !today.nameservers.isEmpty else {
            return ["silent", "failing"].contains(today.state) ? "not known" : "not delegated"
        }
        return "name servers \(servers)\(kept(today.ns_ttl)); \(digests)\(kept(today.ds.isEmpty ? nil : today.ds_ttl))"
    }

    private func kept(_ seconds: UInt32?) -> String { seconds.map { ", kept in caches for up to \($0) s" } ?? "" }

    private func verdict(_ word: String) -> String { word == "indeterminate" ? "not known" : word }

    private func section(_ title: String, _ sets: [RecordSet], _ text: (RecordSet) -> String) -> [String] {
        sets.isEmpty ? [] : ["\(title):"] + sets.map { "  \($0.name) \(text($0))" }
    }

    private func list(_ data: [String]) -> String { data.isEmpty ? "nothing" : data.joined(separator: ", ") }

    private func time(_ seconds: UInt32?) -> String { seconds.map { "\($0) " } ?? "" }

    private func place(_ set: RecordSet) -> String {
        set.servers.isEmpty ? "" : " at \(set.servers.joined(separator: ", "))"
    }
}
