extension RoundOutcome {
    /// Findings that are kept of one round for pages and the API.
    private static let mostSummaries = 64

    /// What the round found, in short, the worst first.
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

    /// What a check-up says: every finding once, the worst first.
    ///
    /// A check-up is asked about this domain and nothing else: that there is no such domain is not one matter among others
    /// then, but the answer.
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
