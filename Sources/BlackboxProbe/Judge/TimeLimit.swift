/// How long a probe may take.
package enum TimeLimit {
    /// Used when Prometheus does not say how long it waits, in seconds.
    package static let withoutHeader = 120.0

    /// The limit in seconds, at most `longest`; zero or less means that the probe fails at once.
    ///
    /// The module's own limit counts if it is the smaller one, and also if the offset eats the whole scrape time.
    /// `longest` holds whatever a client or a module says.
    package static func seconds(
        scrape: Double?, offset: Double, module: GoDuration, longest: Double = .infinity
    ) -> Double {
        let wanted = wanted(scrape: scrape, offset: offset, module: module)
        return wanted > longest && wanted < beyondClock ? longest : wanted
    }

    /// From here on nanoseconds overflow, and the exporter's time is up before it begins; so it is with what is no
    /// number.
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

    /// The number in the header as Go's `strconv.ParseFloat` reads it; the error has Go's words.
    package static func number(_ text: String) throws(NumberFault) -> Double {
        var digits = text.lowercased()
        if digits.contains("_") {
            let parts = digits.split(separator: "_", omittingEmptySubsequences: false)
            let separatesDigits = zip(parts, parts.dropFirst()).allSatisfy { left, right in
                // One may stand right behind `0x` too.
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

    /// Why a text is no number.
    package enum NumberFault: String, Error {
        case invalidSyntax = "invalid syntax"
        case outOfRange = "value out of range"
    }
}
