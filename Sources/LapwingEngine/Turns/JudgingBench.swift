import Foundation

/// Judges rounds on separate threads, so that the page responds and other domains are checked however long a judgement
/// takes.
///
/// Only a few judgements run concurrently, and others wait. This leaves one core to everything else.
package final class JudgingBench: Sendable {
    /// The shared bench of this process, used by rounds and check-ups.
    package static let shared = JudgingBench(places: max(1, ProcessInfo.processInfo.activeProcessorCount - 1))

    /// A bench that does the work immediately on the caller's thread.
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

    /// Does the work once a place is free.
    package func judge<Value: Sendable>(_ work: @escaping @Sendable () -> Value) async -> Value {
        guard let queue else { return work() }
        return await withCheckedContinuation { continuation in
            queue.addOperation { continuation.resume(returning: work()) }
        }
    }
}
