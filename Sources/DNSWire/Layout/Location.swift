/// The data of LOC (RFC 1876): version, sizes, and where on the globe.
enum Location {
    static let length = 16
    private static let equator: Int64 = 1 << 31
    private static let secondsPerDegree: Int64 = 3_600_000

    /// Whether the version is 0, sizes are one digit and an exponent, and the place is on the globe.
    static func isSound(_ data: ArraySlice<UInt8>) -> Bool {
        guard data.count == length, data[data.startIndex] == 0 else { return false }
        let sizes = data.dropFirst().prefix(3)
        let areSizesSound = sizes.allSatisfy { size in
            let (base, exponent) = (size >> 4, size & 15)
            return base <= 9 && exponent <= 9 && (base != 0 || exponent == 0)
        }
        return areSizesSound && abs(number(data, at: 4) - equator) <= 90 * secondsPerDegree
            && abs(number(data, at: 8) - equator) <= 180 * secondsPerDegree
    }

    private static func number(_ data: ArraySlice<UInt8>, at index: Int) -> Int64 {
        data.dropFirst(index).prefix(4).reduce(0) { $0 << 8 | Int64($1) }
    }

    /// The place in degrees, minutes and seconds, the altitude and the sizes in metres.
    static func text(_ data: ArraySlice<UInt8>) -> String {
        let sizes = data.dropFirst().prefix(3).map(size)
        let altitude = number(data, at: 12) - 10_000_000
        let metres = "\(altitude < 0 ? "-" : "")\(abs(altitude) / 100).\(padded(abs(altitude) % 100, 2))m"
        return angle(number(data, at: 4) - equator, "N", "S") + " " + angle(number(data, at: 8) - equator, "E", "W")
            + " " + ([metres] + sizes).joined(separator: " ")
    }

    private static func padded(_ value: Int64, _ width: Int) -> String {
        let digits = String(value)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }

    private static func angle(_ thousandths: Int64, _ positive: String, _ negative: String) -> String {
        let value = abs(thousandths)
        let (degrees, minutes) = (value / secondsPerDegree, value / 60_000 % 60)
        let seconds = "\(value / 1000 % 60).\(padded(value % 1000, 3))"
        return "\(degrees) \(minutes) \(seconds) \(thousandths < 0 ? negative : positive)"
    }

    /// Centimetres as a digit and a power of ten, in metres.
    private static func size(_ byte: UInt8) -> String {
        let centimetres = (0..<(byte & 15)).reduce(Int64(byte >> 4)) { value, _ in value * 10 }
        return centimetres < 100 ? "0.\(padded(centimetres, 2))m" : "\(centimetres / 100)m"
    }
}

extension Location {
    /// Reads the text form: minutes, seconds and sizes may be left out.
    static func parse(_ tokens: inout TokenReader) throws(ZoneTextError) -> [UInt8] {
        let latitude = try parseAngle(&tokens, limit: 90, positive: "N", negative: "S")
        let longitude = try parseAngle(&tokens, limit: 180, positive: "E", negative: "W")
        let altitude = try parseCentimetres(&tokens) + 10_000_000
        guard let altitude = UInt32(exactly: altitude) else { throw tokens.error("the altitude is out of range") }
        var sizes: [UInt8] = [0x12, 0x16, 0x13]
        for index in sizes.indices where !tokens.isAtEnd {
            let place = tokens
            guard let size = encodedSize(try parseCentimetres(&tokens)) else {
                throw place.error("the size is out of range")
            }
            sizes[index] = size
        }
        var data: [UInt8] = [0] + sizes
        RecordField.append(UInt32(truncatingIfNeeded: equator + latitude), bytes: 4, to: &data)
        RecordField.append(UInt32(truncatingIfNeeded: equator + longitude), bytes: 4, to: &data)
        RecordField.append(altitude, bytes: 4, to: &data)
        return data
    }

    private static func encodedSize(_ centimetres: Int64) -> UInt8? {
        guard (0...9_999_999_999).contains(centimetres) else { return nil }
        var (base, exponent) = (centimetres, UInt8(0))
        while base > 9 {
            base /= 10
            exponent += 1
        }
        return exponent <= 9 ? UInt8(base) << 4 | exponent : nil
    }

    /// Thousandths of a second of an angle.
    private static func parseAngle(
        _ tokens: inout TokenReader, limit: UInt64, positive: String, negative: String
    ) throws(ZoneTextError) -> Int64 {
        let place = tokens
        var value = Int64(try tokens.number("degrees", limit: limit)) * secondsPerDegree
        var word = try tokens.next("a hemisphere")
        if word.bytes.allSatisfy(Escape.isDigit) {
            guard let minutes = Int64(word.string), minutes < 60 else { throw word.error("minutes must be below 60") }
            value += minutes * 60_000
            word = try tokens.next("a hemisphere")
            if let thousandths = decimal(word.bytes[...], places: 3) {
                guard thousandths < 60_000 else { throw word.error("seconds must be below 60") }
                value += thousandths
                word = try tokens.next("a hemisphere")
            }
        }
        guard value <= Int64(limit) * secondsPerDegree else { throw place.error("the angle is too wide") }
        switch word.string.uppercased() {
        case positive: return value
        case negative: return -value
        default: throw word.error("\(positive) or \(negative) is missing")
        }
    }

    private static func parseCentimetres(_ tokens: inout TokenReader) throws(ZoneTextError) -> Int64 {
        let token = try tokens.next("a number of metres")
        var digits = token.bytes[...]
        if digits.last == UInt8(ascii: "m") { digits = digits.dropLast() }
        let isNegative = digits.first == UInt8(ascii: "-")
        if isNegative { digits = digits.dropFirst() }
        guard let value = decimal(digits, places: 2) else { throw token.error("not a number of metres") }
        return isNegative ? -value : value
    }

    /// A decimal number times a power of ten; at most that many places after the point.
    private static func decimal(_ text: ArraySlice<UInt8>, places: Int) -> Int64? {
        let parts = text.split(separator: UInt8(ascii: "."), maxSplits: 1, omittingEmptySubsequences: false)
        let fraction = parts.count == 2 ? parts[1] : []
        guard let whole = parts.first, !whole.isEmpty, whole.count <= 12, fraction.count <= places,
            parts.count == 1 || !fraction.isEmpty, whole.allSatisfy(Escape.isDigit),
            fraction.allSatisfy(Escape.isDigit)
        else { return nil }
        let digits = Array(whole + fraction) + repeatElement(UInt8(ascii: "0"), count: places - fraction.count)
        return digits.reduce(0) { $0 * 10 + Int64($1 - UInt8(ascii: "0")) }
    }
}
