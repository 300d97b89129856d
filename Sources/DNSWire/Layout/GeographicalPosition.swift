/// The numbers of GPOS (RFC 1712), kept as text.
enum GeographicalPosition {
    /// Whether the text is a sign or none, digits, and perhaps a point with digits on at least one side.
    static func isNumber(_ text: ArraySlice<UInt8>) -> Bool {
        let digits = text.first == UInt8(ascii: "-") || text.first == UInt8(ascii: "+") ? text.dropFirst() : text
        let points = digits.count { $0 == UInt8(ascii: ".") }
        return points <= 1 && digits.count > points
            && digits.allSatisfy { Escape.isDigit($0) || $0 == UInt8(ascii: ".") }
    }

    /// Whether latitude and longitude, each after its length byte, are at most 90 and 180 degrees either way.
    static func isOnGlobe(_ data: ArraySlice<UInt8>) -> Bool {
        guard let parts = ServiceParameters.strings(data), parts.count == 3 else { return false }
        return isAtMost(90, parts[0]) && isAtMost(180, parts[1])
    }

    private static func isAtMost(_ limit: Int, _ text: ArraySlice<UInt8>) -> Bool {
        let digits = text.drop { !Escape.isDigit($0) && $0 != UInt8(ascii: ".") }
        let whole = digits.prefix { $0 != UInt8(ascii: ".") }.drop { $0 == UInt8(ascii: "0") }
        guard whole.count <= 3 else { return false }
        let degrees = whole.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
        let hasFraction = digits.drop { $0 != UInt8(ascii: ".") }.dropFirst().contains { $0 != UInt8(ascii: "0") }
        return degrees < limit || (degrees == limit && !hasFraction)
    }
}
