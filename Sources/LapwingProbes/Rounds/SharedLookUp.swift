import Synchronization

/// A look-up for which several callers may wait. It continues as long as one of them waits, and is cancelled when the
/// last one leaves, so that no unneeded queries are sent.
final class SharedLookUp<Found: Sendable>: Sendable {
    private struct State {
        var waiting = 0
        var isBrokenOff = false
    }

    private let task: Task<Found, Never>
    private let state = Mutex(State())

    /// - Parameter threads: the executor; nil for the shared thread pool.
    init(on threads: (any TaskExecutor)?, _ work: @escaping @Sendable () async -> Found) {
        task = Task(executorPreference: threads, operation: work)
    }

    /// Whether it can still be waited for.
    var isUnderWay: Bool { state.withLock { !$0.isBrokenOff } }

    /// The result; that of a cancelled look-up must not be cached.
    var found: Found {
        get async {
            state.withLock { $0.waiting += 1 }
            return await withTaskCancellationHandler {
                await task.value
            } onCancel: {
                let isLast = state.withLock { state in
                    state.waiting -= 1
                    state.isBrokenOff = state.waiting == 0
                    return state.isBrokenOff
                }
                if isLast { task.cancel() }
            }
        }
    }
}

extension Dictionary {
    /// Returns a look-up in progress that can be joined.
    subscript<Found>(joinable key: Key) -> SharedLookUp<Found>? where Value == SharedLookUp<Found> {
        self[key].flatMap { $0.isUnderWay ? $0 : nil }
    }

    /// Removes a finished look-up; another one may have replaced it by now.
    mutating func end<Found>(_ lookUp: SharedLookUp<Found>, _ key: Key) where Value == SharedLookUp<Found> {
        if self[key] === lookUp { self[key] = nil }
    }
}
