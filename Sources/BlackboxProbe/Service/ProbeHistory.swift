/// The last results, and of the failed ones as many again after they fall off.
package struct ProbeHistory: Sendable {
    /// One result.
    package struct Entry: Sendable {
        /// Its number since the start, from 0 on.
        package var id: Int
        /// The name of the module.
        package var module: String
        /// The server as the request named it.
        package var target: String
        /// Whether the probe succeeded.
        package var success: Bool
        /// What the probe did.
        package var debug: ProbeReport
    }

    private let limit: Int
    private var nextID = 0
    private var recent: [Entry] = []
    private var failed: [Entry] = []

    /// `limit` counts entries of each of the two lists.
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

    /// Failed results that were kept first, then the others, oldest first.
    package var entries: [Entry] { failed + recent }

    /// The result with this number; nil when it was dropped.
    package func entry(id: Int) -> Entry? { entries.first { $0.id == id } }

    /// The oldest result for a target, and for a module if one is named.
    package func entry(target: String, module: String?) -> Entry? {
        entries.first { $0.target == target && (module == nil || $0.module == module) }
    }
}

/// What a probe did, put into words only for those who ask.
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
