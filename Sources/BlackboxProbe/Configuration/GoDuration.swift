/// A time span as Go writes it: `1m30s`, `500ms`; in nanoseconds.
package struct GoDuration: Hashable, Sendable {
    package var nanoseconds: Int64

    package init(nanoseconds: Int64) { self.nanoseconds = nanoseconds }

    package static let zero = GoDuration(nanoseconds: 0)

    package var seconds: Double { Double(nanoseconds) / 1e9 }
}

extension GoDuration {
    private static let units: [(String, Double)] = [
        ("ns", 1), ("us", 1e3), ("µs", 1e3), ("μs", 1e3), ("ms", 1e6), ("s", 1e9), ("m", 60e9), ("h", 3600e9),
    ]

    /// Reads Go's syntax: signed decimal numbers, each with a unit; nil for anything else, days and weeks included.
    package init?(_ text: String) {
        var rest = text[...]
        var negative = false
        if let sign = rest.first, sign == "-" || sign == "+" {
            negative = sign == "-"
            rest.removeFirst()
        }
        if rest == "0" {
            self = .zero
            return
        }
        guard !rest.isEmpty else { return nil }
        var total = 0.0
        while !rest.isEmpty {
            let number = rest.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
            rest = rest.dropFirst(number.count)
            let unit = rest.prefix { $0 != "." && !($0.isASCII && $0.isNumber) }
            rest = rest.dropFirst(unit.count)
            guard number.contains(where: \.isNumber), number.filter({ $0 == "." }).count <= 1,
                let value = Double("0" + number + "0".prefix(number.last == "." ? 1 : 0)),
                let size = Self.units.first(where: { $0.0 == unit })?.1
            else { return nil }
            total += value * size
        }
        guard total < 9.2e18 else { return nil }
        nanoseconds = Int64(negative ? -total : total)
    }
}

extension GoDuration: CustomStringConvertible {
    /// As Go's `Duration.String` shows it: `1m30s`, `1.5s`, `500ms`, `0s`.
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
        var fraction = String(value % unit)
        fraction = String(repeating: "0", count: String(unit).count - 1 - fraction.count) + fraction
        while fraction.hasSuffix("0") { fraction.removeLast() }
        return "\(value / unit)" + (value % unit == 0 ? "" : "." + fraction)
    }
}
