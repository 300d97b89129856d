/// Numbers as Prometheus' text format shows them: Go's format `g` with the fewest digits that read back.
package enum FloatText {
    /// From this power of ten on, and below 1e-4, Go shows an exponent.
    private static let firstExponent = 6

    package static func text(_ value: Double) -> String {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value < 0 ? "-Inf" : "+Inf" }
        // Most values are small counts.
        if value == value.rounded(), value.magnitude < 100_000 { return String(Int(value)) }
        let (digits, point) = shortest(value.magnitude)
        let sign = value < 0 ? "-" : ""
        let exponent = point - 1
        if exponent < -4 || exponent >= firstExponent {
            let mantissa = digits.count == 1 ? digits : digits.prefix(1) + "." + digits.dropFirst()
            let size = String(exponent.magnitude)
            return sign + mantissa + "e" + (exponent < 0 ? "-" : "+") + (size.count < 2 ? "0" : "") + size
        }
        if point <= 0 { return sign + "0." + String(repeating: "0", count: -point) + digits }
        if digits.count <= point { return sign + digits + String(repeating: "0", count: point - digits.count) }
        return sign + digits.prefix(point) + "." + digits.dropFirst(point)
    }

    /// The digits without zeros at either end, and how many of them stand before the decimal point.
    private static func shortest(_ magnitude: Double) -> (digits: String, point: Int) {
        // Swift's own description has the same digits; only its layout differs.
        let parts = magnitude.description.split(separator: "e")
        let exponent = parts.count > 1 ? Int(parts[1]) ?? 0 : 0
        let number = parts[0].split(separator: ".", omittingEmptySubsequences: false)
        let whole = number[0].drop { $0 == "0" }
        let fraction = number.count > 1 ? number[1] : ""
        var digits = String(whole + fraction)
        var point = whole.count + exponent
        while digits.hasSuffix("0") { digits.removeLast() }
        while digits.hasPrefix("0") {
            digits.removeFirst()
            point -= 1
        }
        return (digits, point)
    }
}
