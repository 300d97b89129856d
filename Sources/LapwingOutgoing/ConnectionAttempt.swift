package import NIOCore
import Synchronization

/// A connection that can be closed at any time, even while it is being established.
package final class ConnectionAttempt: Sendable {
    private struct State {
        var isOver = false
        var channel: (any Channel)?
    }

    private let state = Mutex(State())

    package init() {}

    /// Registers the channel; must be called when it is initialised, before it connects.
    package func hold(_ channel: any Channel) {
        let isOver = state.withLock { state in
            state.channel = channel
            return state.isOver
        }
        if isOver { channel.close(promise: nil) }
    }

    /// Closes the channel, now or as soon as there is one.
    package func giveUp() {
        let channel = state.withLock { state in
            state.isOver = true
            return state.channel
        }
        channel?.close(promise: nil)
    }
}
