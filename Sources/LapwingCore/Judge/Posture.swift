/// Faults of posture: weaknesses that a domain may have had for years.
///
/// A weakness that existed when the watch began is no news: it is reported once, with what is known of its age, and
/// listed with the domain. A later one is reported once it has lasted, since owners pass through such states while they
/// work.
extension Picture {
    /// The number of regular rounds in which it must be found.
    private static let looks = 3
    /// Seconds for which it may be absent before counting starts again.
    private static let patience: Int64 = 6 * 3600

    /// Returns the finding as the incident book takes it; nil if the book does not take it.
    func tellable(_ finding: Finding) -> Finding? {
        guard finding.need != .never else { return nil }
        guard let lasting = finding.lasting else { return isListed(finding) ? nil : finding }
        // An accepted weakness is not reported again, however often it is found.
        guard !state.book.closed.contains(where: { $0.cause == finding.cause && $0.acceptedBy != nil }) else {
            return nil
        }
        let since = state.book.suspicions[finding.key]?.since ?? now
        let isOld = wasSo(finding, since: since)
        let isDue = isOld || now.seconds(since: since) >= lasting
        var told = finding
        if watch.severities.severity(of: finding.code.rawValue) == nil {
            told.severity = isOld || isAftermath(finding) ? .info : min(finding.severity, .notice)
        }
        let count = isDue ? Self.looks : .max
        told.need = Confirmation(
            looks: count, polls: count, patience: max(Self.looks, Int(clamping: Self.patience / max(1, interval))))
        if isOld { told.text.facts.append("It was so when the watch began; for how long before that is not known.") }
        return told
    }

    /// Whether it is a state left behind by a change that was already reported, which is no further news.
    private func isAftermath(_ finding: Finding) -> Bool {
        guard [.dnssecIsland, .dnssecUnsigned].contains(finding.code) else { return false }
        return (state.book.open + state.book.closed).contains { incident in
            incident.allParts.contains { $0.code == .dnssecDowngraded }
        }
    }

    /// Whether a notice repeats what an open posture incident already says of the same RRset.
    private func isListed(_ finding: Finding) -> Bool {
        guard finding.severity <= .notice, let key = finding.subject,
            let known = state.book.open(.posture(finding.code))
        else { return false }
        return known.mentions(key)
    }

    /// Whether it already existed when the watch began, as far as is known.
    private func wasSo(_ finding: Finding, since: Timestamp) -> Bool {
        guard let learntAt = state.learntAt, !isLearning else { return true }
        // Registry data arrives late; a change of it is reported as a change.
        if [.registrationUndated, .registrationUnlocked].contains(finding.code) { return true }
        if finding.code == .registryDiffers, state.registry.known == nil || state.registry.differedAtFirst == true {
            return true
        }
        return since.seconds(since: learntAt) <= max(watch.learning, 2 * interval)
    }
}
