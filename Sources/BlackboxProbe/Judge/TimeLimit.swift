/// The time limit of a probe.
package enum TimeLimit {
    /// The limit without Prometheus' header, in seconds.
    package static let withoutHeader = 120.0

    /// Returns the limit in seconds, at most `longest`; zero or less means that the probe fails at once.
    ///
    /// The module's own limit applies if it is smaller, and also if the offset uses up the whole scrape time. `longest`
    /// applies regardless of client and module.
    package static func seconds(
        scrape: Double?, offset: Double, module: GoDuration, longest: Double = .infinity
    ) -> Double {
        let wanted = wanted(scrape: scrape, offset: offset, module: module)
        return wanted > longest && wanted < beyondClock ? longest : wanted
    }

    /// From this value on nanoseconds overflow, so that the exporter's time is up at once; the same holds for NaN.
    private static let beyondClock = 9_223_372_036.854_775_807

    /// Whether a probe with this limit fails at once.
    package static func isOver(_ seconds: Double) -> Bool { !(seconds > 0 && seconds < beyondClock) }

    private static func wanted(scrape: Double?, offset: Double, module: GoDuration) -> Double {
        var scrape = scrape ?? withoutHeader
        if scrape == 0 { scrape = withoutHeader }
        let longest = scrape - offset
        let own = module.seconds
        return (own < longest && own > 0) || longest < 0 ? own : longest
    }

    /// Parses the number in the header like Go's `strconv.ParseFloat`, with Go's error messages.
    package static func number(_ text: String) throws(NumberFault) -> Double {
        var digits = text.lowercased()
        if digits.contains("_") {
            let parts = digits.split(separator: "_", omittingEmptySubsequences: false)
            let separatesDigits = zip(parts, parts.dropFirst()).allSatisfy { left, right in
                // An underscore may also follow `0x` directly.
                (left.last?.isHexDigit == true || left.drop { "+-".contains($0) } == "0x")
                    && right.first?.isHexDigit == true
            }
            guard separatesDigits else { throw .invalidSyntax }
            digits = parts.joined()
        }
        let unsigned = digits.drop { "+-".contains($0) }
        if unsigned.hasPrefix("0x") && !unsigned.contains("p") { throw .invalidSyntax }
        if unsigned.hasPrefix("nan") && digits != "nan" { throw .invalidSyntax }
        guard let value = Double(digits) else { throw .invalidSyntax }
        if value.isInfinite && !unsigned.hasPrefix("inf") { throw .outOfRange }
        return value
    }

    /// The reason why a text is not a number.
    package enum NumberFault: String, Error {
        case invalidSyntax = "invalid syntax"
        case outOfRange = "value out of range"
    }
}
