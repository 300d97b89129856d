package import NIOCore
import Synchronization

/// A connection that may be given up at any time, while it is being made as well as later.
package final class ConnectionAttempt: Sendable {
    private struct State {
        var isOver = false
        var channel: (any Channel)?
    }

    private let state = Mutex(State())

    package init() {}

    /// To be called when the channel is initialised, before it connects.
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
