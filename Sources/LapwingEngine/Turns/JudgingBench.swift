import Foundation

/// Where judging is done: on threads of its own, so that however long it takes, the page answers and other domains are
/// looked at.
///
/// A few judgements at once, at most; the others wait their turn. That leaves a core to everything else.
package final class JudgingBench: Sendable {
    /// The one of this process: rounds and check-ups share its places.
    package static let shared = JudgingBench(places: max(1, ProcessInfo.processInfo.activeProcessorCount - 1))

    /// Where the work is done at once, by who wants it.
    package static let inPlace = JudgingBench(queue: nil)

    private let queue: OperationQueue?

    package convenience init(places: Int) {
        let queue = OperationQueue()
        queue.maxConcurrentOperationCount = places
        self.init(queue: queue)
    }

    private init(queue: OperationQueue?) {
        self.queue = queue
    }

    /// Does the work when a place is free.
    package func judge<Value: Sendable>(_ work: @escaping @Sendable () -> Value) async -> Value {
        guard let queue else { return work() }
        return await withCheckedContinuation { continuation in
            queue.addOperation { continuation.resume(returning: work()) }
        }
    }
}
