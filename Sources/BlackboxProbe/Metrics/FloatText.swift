/// Formats numbers for Prometheus' text format: Go's format `g` with the shortest exact digits.
package enum FloatText {
    /// Go uses an exponent from this power of ten on, and below 1e-4.
    private static let firstExponent = 6

    /// Returns `NaN`, `+Inf` or `-Inf` for a number that is not finite.
    package static func text(_ value: Double) -> String {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value < 0 ? "-Inf" : "+Inf" }
        // Most values are small counts.
        if value == value.rounded(), value.magnitude < 100_000 { return String(Int(value)) }
        let (digits, point) = shortest(value.magnitude)
        var text: [UInt8] = value < 0 ? [UInt8(ascii: "-")] : []
        let zero = UInt8(ascii: "0")
        let dot = UInt8(ascii: ".")
        let exponent = point - 1
        if exponent < -4 || exponent >= firstExponent {
            text.append(digits[0])
            if digits.count > 1 { text += [dot] + digits[1...] }
            let size = Array(String(exponent.magnitude).utf8)
            text += [UInt8(ascii: "e"), exponent < 0 ? UInt8(ascii: "-") : UInt8(ascii: "+")]
            if size.count < 2 { text.append(zero) }
            text += size
        } else if point <= 0 {
            text += [zero, dot] + [UInt8](repeating: zero, count: -point) + digits
        } else if digits.count <= point {
            text += digits + [UInt8](repeating: zero, count: point - digits.count)
        } else {
            text += digits[..<point] + [dot] + digits[point...]
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// Returns the digits without leading and trailing zeros, and the number of digits before the decimal point.
    private static func shortest(_ magnitude: Double) -> (digits: [UInt8], point: Int) {
        // Swift's own description has the same digits in another layout.
        var digits: [UInt8] = []
        digits.reserveCapacity(24)
        var point: Int?
        var exponent = 0
        var text = magnitude.description.utf8[...]
        while let byte = text.popFirst() {
            if byte == UInt8(ascii: ".") {
                point = digits.count
            } else if byte == UInt8(ascii: "e") {
                exponent = Int(String(Substring(text))) ?? 0
                break
            } else {
                digits.append(byte)
            }
        }
        let zeros = digits.prefix { $0 == UInt8(ascii: "0") }.count
        let place = (point ?? digits.count) + exponent - zeros
        digits.removeFirst(zeros)
        while digits.last == UInt8(ascii: "0") { digits.removeLast() }
        return (digits, place)
    }
}
