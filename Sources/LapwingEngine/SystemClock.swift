import Dispatch
import Foundation
import LapwingCore

extension EngineClock {
    /// The machine's own clocks.
    package static let system = EngineClock(
        now: { Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1000)) },
        monotonic: { Int64(DispatchTime.now().uptimeNanoseconds / 1_000_000_000) },
        sleep: { try await Task.sleep(for: .seconds($0)) })
}
