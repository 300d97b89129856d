extension RoundOutcome {
    /// The largest number of findings of one round that are kept for pages and the API.
    private static let mostSummaries = 64

    /// The findings of the round in short, the worst first.
    package var summaries: [FindingSummary] {
        let all = findings.enumerated().sorted {
            ($1.element.severity, $0.offset) < ($0.element.severity, $1.offset)
        }
        return all.prefix(Self.mostSummaries).map { _, finding in
            let incident = state.book.open.first { $0.cause == finding.cause && $0.code == finding.code }
            return FindingSummary(
                finding, since: state.book.suspicions[finding.key]?.since ?? incident?.since)
        }
    }

    /// Returns the findings of a check-up: every finding once, the worst first.
    ///
    /// A check-up is about this domain only: if there is no such domain, that is the whole result, and so it is
    /// critical.
    package func checked(of watch: Watch) -> [Finding] {
        var seen: Set<String> = []
        return findings.filter { seen.insert($0.key).inserted }
            .map { finding in
                guard finding.code == .delegationMissing,
                    watch.severities.severity(of: finding.code.rawValue) == nil
                else { return finding }
                var finding = finding
                finding.severity = .critical
                return finding
            }
            .enumerated().sorted { ($1.element.severity, $0.offset) < ($0.element.severity, $1.offset) }.map(\.element)
    }
}
