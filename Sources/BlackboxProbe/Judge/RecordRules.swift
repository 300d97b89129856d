/// The conditions on the records of one section; the keys are blackbox_exporter's own.
package struct RecordRules: Hashable, Sendable {
    /// `fail_if_matches_regexp`: no record may match any of these.
    package var failIfMatches: [String] = []
    /// `fail_if_all_match_regexp`: fails unless all records match all of these.
    package var failIfAllMatch: [String] = []
    /// `fail_if_not_matches_regexp`: each record must match each of these.
    package var failIfNotMatches: [String] = []
    /// `fail_if_none_matches_regexp`: some record must match one of these.
    package var failIfNoneMatches: [String] = []

    package init() {}
}

extension RecordRules {
    /// Whether the section passes; every step is passed to `log`.
    ///
    /// `fail_if_all_match_regexp` does the opposite of its name: it fails unless all records match all patterns. A
    /// pattern is compiled only if there is a record to match, so an invalid one is no fault for an empty section.
    package func pass(_ records: [String], patterns: PatternCache, log: (ProbeLog.Line) -> Void) -> Bool {
        if records.isEmpty {
            for (list, key) in [
                (failIfNotMatches, "fail_if_not_matches_regexp"), (failIfNoneMatches, "fail_if_none_matches_regexp"),
            ] where !list.isEmpty {
                log(.error("\(key) specified but no RRs returned"))
                return false
            }
        }
        var allMatch = true
        var anyMatch = false
        do throws(RegularExpressionError) {
            for record in records {
                log(.info("Validating RR", [("rr", record)]))
                for pattern in failIfMatches where try matches(pattern, record, patterns) {
                    log(.error("At least one RR matched regexp", [("regexp", pattern), ("rr", record)]))
                    return false
                }
                for pattern in failIfAllMatch where try !matches(pattern, record, patterns) { allMatch = false }
                for pattern in failIfNotMatches where try !matches(pattern, record, patterns) {
                    log(.error("At least one RR did not match regexp", [("regexp", pattern), ("rr", record)]))
                    return false
                }
                for pattern in failIfNoneMatches where try matches(pattern, record, patterns) { anyMatch = true }
            }
        } catch {
            log(.error("Error matching regexp", [("regexp", error.pattern), ("err", error.description)]))
            return false
        }
        if !failIfAllMatch.isEmpty && !allMatch {
            log(.error("Not all RRs matched regexp"))
            return false
        }
        if !failIfNoneMatches.isEmpty && !anyMatch {
            log(.error("None of the RRs did matched any regexp"))
            return false
        }
        return true
    }

    private func matches(
        _ pattern: String, _ record: String, _ patterns: PatternCache
    ) throws(RegularExpressionError) -> Bool {
        try patterns.compiled(pattern).matches(record)
    }
}
