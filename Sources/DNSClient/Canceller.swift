import Synchronization

/// Passes a cancellation to work that may not have begun yet.
final class Canceller: Sendable {
    private struct State {
        var isCancelled = false
        var action: (@Sendable () -> Void)?
    }

    private let state = Mutex(State())

    /// Sets the action for a cancellation; runs it at once if the cancellation came first.
    func arm(_ action: @escaping @Sendable () -> Void) {
        let isLate = state.withLock { state in
            state.action = action
            return state.isCancelled
        }
        if isLate { action() }
    }

    func cancel() {
        let action = state.withLock { state in
            state.isCancelled = true
            return state.action
        }
        action?()
    }
}
