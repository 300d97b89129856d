import Synchronization

/// Runs work once for any number of concurrent callers. It is cancelled when the last caller has left.
final class SharedWork<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    private typealias Asker = CheckedContinuation<Value?, Never>

    private struct Entry {
        var number: UInt64
        var task: Task<Void, Never>?
        var askers: [UInt64: Asker] = [:]
    }

    private struct State {
        var next: UInt64 = 1
        var entries: [Key: Entry] = [:]
    }

    private let state = Mutex(State())

    /// Returns the result of the work for `key`, which the first caller starts; nil if the task is cancelled.
    func value(for key: Key, _ work: @escaping @Sendable () async -> Value) async -> Value? {
        let token = state.withLock { state in
            state.next += 1
            return state.next
        }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { (asker: Asker) in
                join(key, token, asker, work)
                // A cancellation before the caller was registered has not been noticed yet.
                if Task.isCancelled { leave(key, token) }
            }
        } onCancel: {
            leave(key, token)
        }
    }

    private func join(_ key: Key, _ token: UInt64, _ asker: Asker, _ work: @escaping @Sendable () async -> Value) {
        state.withLock { state in
            if state.entries[key] != nil {
                state.entries[key]?.askers[token] = asker
                return
            }
            var entry = Entry(number: token)
            entry.askers[token] = asker
            entry.task = Task {
                let value = await work()
                finish(key, token, value)
            }
            state.entries[key] = entry
        }
    }

    private func finish(_ key: Key, _ number: UInt64, _ value: Value) {
        let askers = state.withLock { state -> [Asker] in
            // A later entry of the same key belongs to other callers.
            guard let entry = state.entries[key], entry.number == number else { return [] }
            state.entries[key] = nil
            return Array(entry.askers.values)
        }
        for asker in askers { asker.resume(returning: value) }
    }

    private func leave(_ key: Key, _ token: UInt64) {
        let (asker, task) = state.withLock { state -> (Asker?, Task<Void, Never>?) in
            guard let asker = state.entries[key]?.askers.removeValue(forKey: token) else { return (nil, nil) }
            guard state.entries[key]?.askers.isEmpty == true else { return (asker, nil) }
            return (asker, state.entries.removeValue(forKey: key)?.task)
        }
        task?.cancel()
        asker?.resume(returning: nil)
    }
}
