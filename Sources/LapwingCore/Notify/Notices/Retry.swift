/// The pauses between attempts: 5 s, then doubling up to an hour, for three days.
package enum Retry {
    /// The longest pause in seconds, one hour.
    package static let longestPause: Int64 = 3600
    /// The age in seconds at which a notice is given up, three days.
    package static let givesUpAfter: Int64 = 3 * 86_400
    /// The longest pause in seconds that the receiver can ask for.
    package static let longestWish: Int64 = 86_400

    /// Returns the seconds before the next attempt; nil if it is time to give up.
    ///
    /// - Parameters:
    ///   - attempts: attempts made so far, from 1 on.
    ///   - age: seconds since the notice was made.
    ///   - wished: seconds that the receiver asked for.
    ///   - chance: a random number from 0 to 1, which spreads the attempts of many notices over time.
    package static func pause(attempts: Int, age: Int64, wished: Int64?, chance: Double) -> Int64? {
        guard age < givesUpAfter else { return nil }
        let pause = min(longestPause, 5 << Int64(min(max(attempts - 1, 0), 12)))
        let spread = pause + Int64(Double(pause) * 0.2 * chance)
        return max(spread, min(wished ?? 0, longestWish))
    }
}
