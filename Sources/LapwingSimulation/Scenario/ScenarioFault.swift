/// One fault in a scenario file.
package struct ScenarioFault: Sendable, Hashable, CustomStringConvertible {
    /// The position in the file.
    package var place: Place
    /// A description of the fault.
    package var text: String

    /// `file:line:column: error: text`
    package var description: String { "\(place.file):\(place.line):\(place.column): error: \(text)" }
}

/// Collects faults while a scenario is read.
final class ScenarioFaultList {
    private(set) var faults: [ScenarioFault] = []

    func add(_ text: String, at place: Place) {
        let fault = ScenarioFault(place: place, text: text)
        // The same piece of YAML is read once for each step of the timeline.
        if faults.count < 100, !faults.contains(fault) { faults.append(fault) }
    }

    func check() throws(ScenarioError) {
        let sorted = faults.sorted {
            ($0.place.file, $0.place.line, $0.place.column) < ($1.place.file, $1.place.line, $1.place.column)
        }
        if !sorted.isEmpty { throw ScenarioError(faults: sorted) }
    }
}
