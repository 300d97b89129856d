import LapwingCore
import LapwingEngine
import Synchronization

/// A clock that only a test moves. Whoever sleeps by it is woken a moment later and looks at it again.
final class HandClock: Sendable {
    static let start = Timestamp(seconds: 1_800_000_000)

    private let passed = Mutex<Int64>(0)
    /// How often somebody went to sleep by this clock: loops go round once each time.
    private let sleeps = Mutex(0)

    var now: Timestamp { Self.start.adding(seconds: passed.withLock { $0 }) }
    var seconds: Int64 { passed.withLock { $0 } }

    func pass(_ seconds: Int64) { passed.withLock { $0 += seconds } }

    var engineClock: EngineClock {
        EngineClock(
            now: { self.now }, elapsed: { self.seconds * 1000 },
            sleep: { _ in
                self.sleeps.withLock { $0 += 1 }
                try await Task.sleep(for: .milliseconds(1))
            })
    }

    /// Moves on second by second until something is so.
    ///
    /// - Returns: false when it is not so after this many seconds of the clock.
    func becomes(within seconds: Int64 = 3000, _ condition: () throws -> Bool) async -> Bool {
        for _ in 0..<seconds {
            if (try? condition()) == true { return true }
            pass(1)
            await settle()
        }
        return (try? condition()) == true
    }

    /// Gives whoever sleeps by this clock the time to look at it, however busy the machine is: a loop that is held up for
    /// minutes of this clock would be late by them.
    private func settle() async {
        let before = sleeps.withLock { $0 }
        for _ in 0..<100 {
            try? await Task.sleep(for: .milliseconds(3))
            if before == 0 || sleeps.withLock({ $0 }) >= before + 2 { return }
        }
    }

    /// Waits until something is so, without time going by.
    func settles(_ condition: () throws -> Bool) async -> Bool {
        for _ in 0..<2000 {
            if (try? condition()) == true { return true }
            try? await Task.sleep(for: .milliseconds(2))
        }
        return false
    }
}
