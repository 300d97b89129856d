import LapwingCore

/// The comparison of a verdict log with the expectations of a scenario.
package struct Score: Sendable {
    /// Expected incidents that were reported in time.
    package var hit = 0
    /// Expected incidents that were reported too late.
    package var late = 0
    /// Expected incidents that were not reported.
    package var missed = 0
    /// Incidents in time whose text lacks a required word.
    package var poorTexts = 0
    /// Incidents with a page.
    package var pages = 0
    /// Incidents that were opened with `notice` or higher.
    package var notices = 0
    /// All faults, one line each.
    package var faults: [String] = []

    /// Whether there are no faults.
    package var passes: Bool { faults.isEmpty }

    package init(_ log: [VerdictLine], against expectations: Expectations) {
        let closings = log.filter { $0.event == .close }
        // In a stable order: lines of the same minute keep their order.
        let said = log.filter { $0.event != .close }.enumerated()
            .sorted { ($0.element.minute, $0.offset) < ($1.element.minute, $1.offset) }.map(\.element)
        var explained: Set<Int> = []
        var paged: Set<String> = []
        for (number, expected) in expectations.incidents.enumerated() {
            let name = "\(number + 1) \(expected.classes.first?.rawValue ?? "")"
            let fitting = said.indices.filter { expected.isMet(by: said[$0], paged: paged) }
            explained.formUnion(said.indices.filter { expected.explains(said[$0]) })
            paged.formUnion(said.filter { $0.page && $0.minute <= expected.by }.map(\.incident))
            if expected.required { judge(fitting.map { said[$0] }, closings, expected, name) }
        }
        for (index, line) in said.enumerated() where !explained.contains(index) {
            if line.severity > expectations.ceiling {
                faults.append("false alarm at \(line.minute): \(line.incidentClass.rawValue) \(line.severity.rawValue)")
            }
            if line.severity >= .notice, expectations.quiet.contains(where: { $0.contains(line.minute) }) {
                faults.append("not quiet at \(line.minute): \(line.incidentClass.rawValue)")
            }
        }
        pages = Set(said.filter(\.page).map(\.incident)).count
        notices = said.count { $0.event == .open && $0.severity >= .notice }
        if pages > expectations.mostPages { faults.append("\(pages) pages, at most \(expectations.mostPages)") }
        if notices > expectations.mostNotices {
            faults.append("\(notices) notifications, at most \(expectations.mostNotices)")
        }
    }

    private mutating func judge(
        _ fitting: [VerdictLine], _ closings: [VerdictLine], _ expected: ExpectedIncident, _ name: String
    ) {
        guard let first = fitting.first else {
            missed += 1
            faults.append("\(name): missed (by \(expected.by))")
            return
        }
        guard first.minute <= expected.by else {
            late += 1
            faults.append("\(name): late, \(first.minute) instead of \(expected.by)")
            return
        }
        hit += 1
        let text = fitting.filter { $0.minute <= expected.by }.map(\.text).joined(separator: " ").lowercased()
        if let hold = expected.hold,
            let early = closings.first(where: { $0.incident == first.incident && $0.minute < hold })
        {
            faults.append("\(name): closed at \(early.minute), not before \(hold)")
        }
        let lacking = expected.say.filter { words in !words.contains { text.contains($0.lowercased()) } }
        if !lacking.isEmpty {
            poorTexts += 1
            faults.append("\(name): text lacks \(lacking.map { $0.joined(separator: " or ") }.joined(separator: ", "))")
        }
    }
}

extension ExpectedIncident {
    /// Whether a line meets the expectation; `paged` contains the incidents with an earlier page.
    fileprivate func isMet(by line: VerdictLine, paged: Set<String>) -> Bool {
        explains(line) && line.severity >= least && (!page || line.page || (same && paged.contains(line.incident)))
    }

    /// Whether a line reports the expected incident, regardless of its least severity.
    fileprivate func explains(_ line: VerdictLine) -> Bool {
        classes.contains(line.incidentClass) && line.minute >= from && line.severity <= most
    }
}
