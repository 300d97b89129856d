import Synchronization

/// A look-up that several may wait for. It goes on as long as one of them does, and is broken off when the last one leaves:
/// what nobody waits for any more must not be asked any longer.
final class SharedLookUp<Found: Sendable>: Sendable {
    private struct State {
        var waiting = 0
        var isBrokenOff = false
    }

    private let task: Task<Found, Never>
    private let state = Mutex(State())

    /// - Parameter threads: What it runs on; nil for the threads that all tasks share.
    init(on threads: (any TaskExecutor)?, _ work: @escaping @Sendable () async -> Found) {
        task = Task(executorPreference: threads, operation: work)
    }

    /// Whether it can still be waited for.
    var isUnderWay: Bool { state.withLock { !$0.isBrokenOff } }

    /// What is found; of one that was broken off that is nothing to be kept.
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
    /// One that is under way and can be joined.
    subscript<Found>(joinable key: Key) -> SharedLookUp<Found>? where Value == SharedLookUp<Found> {
        self[key].flatMap { $0.isUnderWay ? $0 : nil }
    }

    /// Takes one out that has ended; another may stand in its place by now.
    mutating func end<Found>(_ lookUp: SharedLookUp<Found>, _ key: Key) where Value == SharedLookUp<Found> {
        if self[key] === lookUp { self[key] = nil }
    }
}
