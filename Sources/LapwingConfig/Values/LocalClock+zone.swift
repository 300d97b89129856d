import Foundation
package import LapwingCore
import Synchronization

extension LocalClock {
    /// The years for which changes of the clocks are computed; after them the last offset applies.
    private static let years: ClosedRange<Int64> = 2020...2099

    /// Cached zones: each takes milliseconds to compute, and thousands of clients may use the same.
    private static let known = Mutex<[String: LocalClock]>([:])

    /// Returns the clock of a time zone such as `Europe/Berlin`, `UTC` or `local` (this machine's); nil if the name is
    /// unknown.
    package static func zone(_ name: String) -> LocalClock? {
        if name == "UTC" { return .utc }
        if let clock = known.withLock({ $0[name] }) { return clock }
        let isName = name.utf8.count <= 64 && name.utf8.allSatisfy { $0 > 32 && $0 < 127 }
        guard isName, let zone = name == "local" ? TimeZone.current : TimeZone(identifier: name) else { return nil }
        func offset(_ seconds: Int64) -> Int64 {
            Int64(zone.secondsFromGMT(for: Date(timeIntervalSince1970: TimeInterval(seconds))))
        }
        let day: Int64 = 86_400
        guard let begin = Timestamp("\(years.lowerBound)-01-01"), let end = Timestamp("\(years.upperBound)-12-31")
        else {
            return nil
        }
        var settings = [Setting(from: begin.seconds, offset: offset(begin.seconds))]
        for moment in stride(from: begin.seconds, to: end.seconds, by: Int(day)) {
            guard let known = settings.last?.offset, offset(moment + day) != known else { continue }
            var (low, high) = (moment, moment + day)
            while high - low > 1 {
                let middle = (low + high) / 2
                if offset(middle) == known { low = middle } else { high = middle }
            }
            settings.append(Setting(from: high, offset: offset(high)))
        }
        let clock = LocalClock(zone: name == "local" ? zone.identifier : name, settings: settings)
        // This machine's zone may change, so it is not cached; there are some hundred others.
        if name != "local" { known.withLock { $0[name] = clock } }
        return clock
    }
}
