/// The latest results, and as many older failed ones.
package struct ProbeHistory: Sendable {
    /// One result.
    package struct Entry: Sendable {
        /// Its number since the start, from 0 on.
        package var id: Int
        /// The name of the module.
        package var module: String
        /// The server in the request.
        package var target: String
        /// Whether the probe succeeded.
        package var success: Bool
        /// The debug information.
        package var debug: ProbeReport
    }

    private let limit: Int
    private var nextID = 0
    private var recent: [Entry] = []
    private var failed: [Entry] = []

    /// - Parameter limit: the number of entries in each of the two lists.
    package init(limit: Int = 100) { self.limit = max(0, limit) }

    /// Adds a result and drops the oldest beyond the limit.
    package mutating func add(module: String, target: String, success: Bool, debug: ProbeReport) {
        guard limit > 0 else { return }
        recent.append(Entry(id: nextID, module: module, target: target, success: success, debug: debug))
        nextID += 1
        if recent.count > limit {
            let old = recent.removeFirst()
            if !old.success {
                failed.append(old)
                if failed.count > limit { failed.removeFirst() }
            }
        }
    }

    /// Older failed results first, then the others, oldest first.
    package var entries: [Entry] { failed + recent }

    /// Returns the result with this number; nil if it was dropped.
    package func entry(id: Int) -> Entry? { entries.first { $0.id == id } }

    /// Returns the oldest result for a target, and for a module if one is given; nil if there is none.
    package func entry(target: String, module: String?) -> Entry? {
        entries.first { $0.target == target && (module == nil || $0.module == module) }
    }
}

/// The debug information of a probe, formatted only on request.
package struct ProbeReport: Sendable {
    var log: ProbeLog
    var metrics: ProbeMetrics
    var module: ProbeModule

    /// The debug page.
    package var text: String {
        "Logs for the probe:\n\(log.text)\n\n\nMetrics that would have been returned:\n\(metrics.text)\n\n\n"
            + "Module configuration:\n\(ConfigurationDump.text(module))"
    }
}
