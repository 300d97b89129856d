import LapwingCore

/// The results of all compared domains.
struct DriftSummary: Encodable {
    var domains: [DriftReport]
    /// Whether a difference is a failure.
    var isStrict: Bool

    private enum CodingKeys: CodingKey {
        case domains, status
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(domains, forKey: .domains)
        try container.encode(status, forKey: .status)
    }

    /// `same`, `drift` or `unknown`; a known difference takes precedence.
    var status: String {
        if domains.contains(where: \.isDifferent) { return "drift" }
        return domains.contains { !$0.unknown.isEmpty } ? "unknown" : "same"
    }

    /// 0 done, 1 a difference that counts as a failure, 3 not everything was seen.
    var code: Int32 {
        if isStrict, status == "drift" { return 1 }
        return domains.contains { !$0.unknown.isEmpty } ? 3 : 0
    }

    /// One line, and one for each difference.
    var nagios: String {
        let word = code == 0 ? "OK" : code == 1 ? "WARNING" : "UNKNOWN"
        let differences = domains.flatMap(\.differences).filter { $0.kind != Drift.Standing.behind.rawValue }
        let unknown = domains.reduce(0) { $0 + $1.unknown.count }
        let compared = domains.reduce(0) { $0 + $1.compared }
        let line = "\(compared) record sets compared, \(differences.count) differ, \(unknown) not seen"
        let measures = "'differences'=\(differences.count);;;0 'unknown'=\(unknown);;;0"
        return (["\(word): \(line) | \(measures)"] + differences.map { $0.text.visible.replacing("|", with: "/") })
            .joined(separator: "\n")
    }
}

extension DriftReport {
    /// The verdict, then each difference with the change in the source's own format.
    func text(color: Bool) -> String {
        var lines: [String] = []
        for difference in differences {
            lines.append("  \(difference.text)")
            lines += difference.change.map { "    \($0)" }
        }
        if !unknown.isEmpty { lines.append("  no server answers: \(Change.list(unknown))") }
        if let trouble { lines.append("  \(trouble)") }
        if left > 0 {
            lines.append("  \(left) more declared record sets are not checked: a domain may have \(Watch.mostSets)")
        }
        if let fault = source?.fault { lines.append("  what was declared before is compared: \(fault)") }
        let head = "\(Self.paint(status, color))  \(Narrative.plain(verdict.visible))"
        return ([head] + lines.map(\.visible)).joined(separator: "\n")
    }

    private var verdict: String {
        let count = differences.count { $0.kind != Drift.Standing.behind.rawValue }
        let what = source.map { $0.path + ($0.revision.map { " (\($0))" } ?? "") } ?? "the configuration"
        let sets = "\(compared) record set\(compared == 1 ? "" : "s")"
        switch status {
        case "same": return "\(name)  \(sets) as in \(what)"
        case "drift": return "\(name)  \(count) of \(sets) not as in \(what)"
        default: return "\(name)  \(sets) compared with \(what), \(unknown.count) not seen"
        }
    }

    private static func paint(_ status: String, _ color: Bool) -> String {
        let word = status.uppercased()
        guard color else { return word }
        let code = ["same": 32, "drift": 33][status] ?? 35
        return "\u{1B}[1;\(code)m\(word)\u{1B}[0m"
    }
}
