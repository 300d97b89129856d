/// Faults of posture: weaknesses in which a domain may have been for years.
///
/// What was so when the watch began is no news: it is reported once, with what is known of its age, and stands in the list of
/// the domain. What comes later is reported once it has lasted, since owners pass through such states while they work.
extension Picture {
    /// Regular rounds in which it must be found.
    private static let looks = 3
    /// Seconds for which it may be out of sight before counting starts again.
    private static let patience: Int64 = 6 * 3600

    /// The finding as the book of incidents takes it; nil when it does not.
    func tellable(_ finding: Finding) -> Finding? {
        guard finding.need != .never else { return nil }
        guard let lasting = finding.lasting else { return isListed(finding) ? nil : finding }
        // Accepted is accepted, however often it is found.
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

    /// Whether it is the state that a change left behind which was reported as a change: no further news.
    private func isAftermath(_ finding: Finding) -> Bool {
        guard [.dnssecIsland, .dnssecUnsigned].contains(finding.code) else { return false }
        return (state.book.open + state.book.closed).contains { incident in
            incident.allParts.contains { $0.code == .dnssecDowngraded }
        }
    }

    /// Whether a notice is about what an open incident of posture says of the same RRset already.
    private func isListed(_ finding: Finding) -> Bool {
        guard finding.severity <= .notice, let key = finding.subject,
            let known = state.book.open(.posture(finding.code))
        else { return false }
        return known.mentions(key)
    }

    /// Whether it was so from the beginning, as far as anybody here knows.
    private func wasSo(_ finding: Finding, since: Timestamp) -> Bool {
        guard let learntAt = state.learntAt, !isLearning else { return true }
        // What the registry says is heard late; what changes there is reported as a change.
        if [.registrationUndated, .registrationUnlocked].contains(finding.code) { return true }
        if finding.code == .registryDiffers, state.registry.known == nil || state.registry.differedAtFirst == true {
            return true
        }
        return since.seconds(since: learntAt) <= max(watch.learning, 2 * interval)
    }
}
