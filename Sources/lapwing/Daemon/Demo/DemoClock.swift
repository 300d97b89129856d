import Dispatch
import LapwingCore
import LapwingEngine

/// A clock that starts at a given moment and runs faster than the machine's.
struct DemoClock: Sendable {
    let epoch: Timestamp
    /// Seconds of this clock per second of the machine's.
    let speed: Double
    /// Seconds that had passed on the monotonic clock at the start.
    let passed: Int64
    private let began = DispatchTime.now().uptimeNanoseconds

    /// Milliseconds of this clock since the start.
    var elapsed: Int64 {
        Int64(Double(DispatchTime.now().uptimeNanoseconds - began) / 1_000_000 * speed)
    }

    var now: Timestamp { Timestamp(milliseconds: epoch.milliseconds + elapsed) }

    /// The same clock for the engine.
    var engineClock: EngineClock {
        EngineClock(
            now: { now }, elapsed: { passed * 1000 + elapsed },
            sleep: { try await Task.sleep(for: .seconds($0 / speed)) })
    }
}
