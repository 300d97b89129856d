import LapwingCore
import LapwingEngine
import Synchronization

/// The time of a trial, and all who wait for a moment of it.
final class VirtualTime: Sendable {
    private struct Sleeper: Sendable {
        var at: Int64
        var id: Int
        var life: Int
        var continuation: UnsafeContinuation<Void, any Error>
    }

    private struct State: Sendable {
        var passed: Int64 = 0
        var offset: Int64 = 0
        /// The passed time at which the machine was switched on.
        var switchedOn: Int64 = 0
        var sleepers: [Sleeper] = []
        var cancelled: Set<Int> = []
        var next = 0
    }

    private let state: Mutex<State>
    private let beginning: Timestamp
    /// Milliseconds on the monotonic clock at the beginning.
    private let lead: Int64

    init(beginning: Timestamp, lead: Int64) {
        self.beginning = beginning
        self.lead = lead
        state = Mutex(State())
    }

    /// Milliseconds since the beginning.
    var passed: Int64 { state.withLock(\.passed) }
    /// The true time.
    var moment: Timestamp { Timestamp(milliseconds: beginning.milliseconds + passed) }
    /// What the wall clock of the machine shows.
    var wall: Timestamp { state.withLock { Timestamp(milliseconds: beginning.milliseconds + $0.passed + $0.offset) } }

    /// Sets the wall clock, in milliseconds from the true time.
    /// Milliseconds by which the wall clock is wrong.
    var offset: Int64 { state.withLock { $0.offset } }
    func set(offset: Int64) { state.withLock { $0.offset = offset } }

    /// The machine was off: its monotonic clock begins again.
    func switchOn() { state.withLock { $0.switchedOn = $0.passed + lead } }

    /// The clocks of one process.
    func clock(life: Int, threads: VirtualThreads) -> EngineClock {
        EngineClock(
            now: { self.wall }, elapsed: { self.state.withLock { $0.passed - $0.switchedOn } + self.lead },
            sleep: { try await self.sleep($0, life: life) }, runner: { threads.enqueue($0, on: $1) })
    }

    func sleep(_ seconds: Double, life: Int) async throws {
        let id = state.withLock { state in
            state.next += 1
            return state.next
        }
        try await withTaskCancellationHandler {
            try await withUnsafeThrowingContinuation { continuation in
                let isCancelled = state.withLock { state in
                    if state.cancelled.remove(id) != nil { return true }
                    let at = state.passed + max(1, Int64(seconds * 1000))
                    state.sleepers.append(Sleeper(at: at, id: id, life: life, continuation: continuation))
                    return false
                }
                if isCancelled { continuation.resume(throwing: CancellationError()) }
            }
        } onCancel: {
            let sleeper = state.withLock { state -> Sleeper? in
                guard let place = state.sleepers.firstIndex(where: { $0.id == id }) else {
                    state.cancelled.insert(id)
                    return nil
                }
                return state.sleepers.remove(at: place)
            }
            sleeper?.continuation.resume(throwing: CancellationError())
        }
    }

    /// Goes on to the next moment that somebody waits for, at most to `limit`, and wakes who waits for it.
    func advance(to limit: Int64) {
        let woken = state.withLock { state -> [Sleeper] in
            let next = min(limit, state.sleepers.map(\.at).min() ?? limit)
            state.passed = max(state.passed, next)
            let due = state.sleepers.filter { $0.at <= state.passed }.sorted { ($0.at, $0.id) < ($1.at, $1.id) }
            state.sleepers.removeAll { $0.at <= state.passed }
            return due
        }
        for sleeper in woken { sleeper.continuation.resume() }
    }

    /// Nobody of a process that is dead wakes up.
    func bury(life: Int) { state.withLock { $0.sleepers.removeAll { $0.life == life } } }
}
