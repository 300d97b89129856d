import NIOCore
import NIOPosix
import Synchronization

/// Runs password checks, which are slow on purpose: a few at a time, the client addresses in turn.
///
/// A client that sends many wrong passwords delays itself; other clients wait for one or two of its checks at most.
package final class LoginPool: Sendable {
    /// Concurrent checks. Each takes a core for about a tenth of a second, and half of the cores are left to the
    /// monitor.
    package static let width = max(1, min(4, System.coreCount / 2))
    /// Checks of one address that may wait. A browser opens six connections, and a proxy that forwards no addresses
    /// counts as one client.
    package static let mostOfOneAddress = 64
    /// Checks that may wait in total; at ten a second the last of them waits for a minute.
    private static let mostWaiting = 512

    /// Lives as long as the process, as do its threads.
    package static let shared = LoginPool()

    private struct State {
        var running = 0
        var count = 0
        var waiting: [String: [CheckedContinuation<Void, Never>]] = [:]
        /// The waiting addresses, in the order of their turns.
        var turns: [String] = []
    }

    private let state = Mutex(State())
    private let threads: NIOThreadPool

    package init() {
        threads = NIOThreadPool(numberOfThreads: Self.width)
        threads.start()
    }

    /// Runs a check and returns its result; nil if too many are waiting.
    package func check(from address: String, _ work: @escaping @Sendable () -> Bool) async -> Bool? {
        guard await enter(address) else { return nil }
        defer { leave() }
        return (try? await threads.runIfActive(work)) ?? false
    }

    private func enter(_ address: String) async -> Bool {
        enum Place { case now, later, none }
        var place = Place.none
        await withCheckedContinuation { (continuation: CheckedContinuation<Void, Never>) in
            place = state.withLock { state in
                if state.running < Self.width {
                    state.running += 1
                    return .now
                }
                let own = state.waiting[address]?.count ?? 0
                guard own < Self.mostOfOneAddress, state.count < Self.mostWaiting else { return .none }
                if own == 0 { state.turns.append(address) }
                state.waiting[address, default: []].append(continuation)
                state.count += 1
                return .later
            }
            if place != .later { continuation.resume() }
        }
        return place != .none
    }

    /// Passes the place on to the next waiting address, or frees it.
    private func leave() {
        let next: CheckedContinuation<Void, Never>? = state.withLock { state in
            guard !state.turns.isEmpty else {
                state.running -= 1
                return nil
            }
            let address = state.turns.removeFirst()
            var own = state.waiting[address] ?? []
            let next = own.removeFirst()
            state.count -= 1
            if own.isEmpty {
                state.waiting[address] = nil
            } else {
                state.waiting[address] = own
                state.turns.append(address)
            }
            return next
        }
        next?.resume()
    }
}
