/// A time span in Go's notation: `1m30s`, `500ms`; in nanoseconds.
package struct GoDuration: Hashable, Sendable {
    /// Go's own range: about 292 years in either direction.
    package var nanoseconds: Int64

    package init(nanoseconds: Int64) { self.nanoseconds = nanoseconds }

    /// No time, which Go prints as `0s`.
    package static let zero = GoDuration(nanoseconds: 0)

    /// The span in seconds, for metrics.
    package var seconds: Double { Double(nanoseconds) / 1e9 }
}

extension GoDuration {
    private static let units: [String: UInt64] = [
        "ns": 1, "us": 1000, "µs": 1000, "μs": 1000, "ms": 1_000_000, "s": 1_000_000_000, "m": 60_000_000_000,
        "h": 3_600_000_000_000,
    ]
    private static let most = UInt64(1) << 63

    /// Parses Go's syntax: signed decimal numbers, each with a unit; nil for anything else, including days and weeks,
    /// and for values beyond 63 bits of nanoseconds.
    package init?(_ text: String) {
        var rest = Array(text.utf8)[...]
        let isNegative = rest.first == UInt8(ascii: "-")
        if isNegative || rest.first == UInt8(ascii: "+") { rest.removeFirst() }
        if rest.elementsEqual("0".utf8) {
            self = .zero
            return
        }
        guard !rest.isEmpty else { return nil }
        var total: UInt64 = 0
        while !rest.isEmpty {
            guard let part = Self.part(&rest), part <= Self.most - total else { return nil }
            total += part
        }
        if isNegative {
            nanoseconds = total == Self.most ? .min : -Int64(total)
        } else {
            guard let value = Int64(exactly: total) else { return nil }
            nanoseconds = value
        }
    }

    /// Parses one number with its unit, in nanoseconds.
    private static func part(_ rest: inout ArraySlice<UInt8>) -> UInt64? {
        let whole = rest.prefix(while: isDigit)
        rest = rest.dropFirst(whole.count)
        var fraction = rest[rest.startIndex..<rest.startIndex]
        if rest.first == UInt8(ascii: ".") {
            fraction = rest.dropFirst().prefix(while: isDigit)
            rest = rest.dropFirst(1 + fraction.count)
        }
        guard !whole.isEmpty || !fraction.isEmpty else { return nil }
        let name = rest.prefix { !isDigit($0) && $0 != UInt8(ascii: ".") }
        rest = rest.dropFirst(name.count)
        guard let unit = units[String(decoding: name, as: UTF8.self)] else { return nil }
        var value: UInt64 = 0
        for digit in whole {
            guard value <= most / 10 else { return nil }
            value = value * 10 + UInt64(digit - 0x30)
            guard value <= most else { return nil }
        }
        guard value <= most / unit else { return nil }
        value *= unit
        // Digits beyond 63 bits are dropped.
        var (numerator, scale): (UInt64, Double) = (0, 1)
        for digit in fraction {
            guard numerator <= (most - 1) / 10 else { break }
            numerator = numerator * 10 + UInt64(digit - 0x30)
            scale *= 10
        }
        value += UInt64(Double(numerator) * (Double(unit) / scale))
        return value <= most ? value : nil
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
}

extension GoDuration: CustomStringConvertible {
    /// In the format of Go's `Duration.String`: `1m30s`, `1.5s`, `500ms`, `0s`.
    package var description: String {
        let magnitude = nanoseconds.magnitude
        if magnitude == 0 { return "0s" }
        let sign = nanoseconds < 0 ? "-" : ""
        if magnitude < 1_000_000_000 {
            let (size, unit): (UInt64, String) =
                magnitude < 1000 ? (1, "ns") : magnitude < 1_000_000 ? (1000, "µs") : (1_000_000, "ms")
            return sign + Self.decimal(magnitude, per: size) + unit
        }
        let minutes = magnitude / 60_000_000_000
        let seconds = Self.decimal(magnitude % 60_000_000_000, per: 1_000_000_000) + "s"
        if minutes == 0 { return sign + seconds }
        if minutes < 60 { return sign + "\(minutes)m" + seconds }
        return sign + "\(minutes / 60)h\(minutes % 60)m" + seconds
    }

    private static func decimal(_ value: UInt64, per unit: UInt64) -> String {
        guard unit > 1 else { return String(value) }
        var fraction = String(value % unit)
        fraction = String(repeating: "0", count: String(unit).count - 1 - fraction.count) + fraction
        while fraction.hasSuffix("0") { fraction.removeLast() }
        return "\(value / unit)" + (value % unit == 0 ? "" : "." + fraction)
    }
}
