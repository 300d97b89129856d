import Foundation
import Glibc
import LapwingCore

extension EngineClock {
    /// The machine's own clocks.
    package static let system = EngineClock(
        now: { Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1000)) },
        elapsed: {
            // Not CLOCK_MONOTONIC: it stops while the machine sleeps, so that every wake-up would look like a wall
            // clock that was set ahead.
            var time = timespec()
            clock_gettime(CLOCK_BOOTTIME, &time)
            return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
        },
        sleep: { try await Task.sleep(for: .seconds($0)) })
}
