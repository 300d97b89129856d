import Dispatch
import LapwingCore
import LapwingEngine

/// A clock that begins at a moment of choice and runs faster than the machine's.
struct DemoClock: Sendable {
    let epoch: Timestamp
    /// Seconds of this clock in one of the machine's.
    let speed: Double
    /// Seconds that had passed on the monotonic clock by the beginning.
    let passed: Int64
    private let began = DispatchTime.now().uptimeNanoseconds

    /// Milliseconds of this clock since the beginning.
    var elapsed: Int64 {
        Int64(Double(DispatchTime.now().uptimeNanoseconds - began) / 1_000_000 * speed)
    }

    var now: Timestamp { Timestamp(milliseconds: epoch.milliseconds + elapsed) }

    /// The same as the engine takes it.
    var engineClock: EngineClock {
        EngineClock(
            now: { now }, elapsed: { passed * 1000 + elapsed },
            sleep: { try await Task.sleep(for: .seconds($0 / speed)) })
    }
}
