/// Formats a LOC record (RFC 1876): degrees, minutes, seconds, then altitude, size and precisions in metres.
enum LocationText {
    static func text(_ data: inout ReplyCursor) throws(ReplyFault) -> String {
        // Data may end between any two fields; the remaining fields are zero then.
        func byte() throws(ReplyFault) -> UInt8 { data.isAtEnd ? 0 : try data.byte() }
        func long() throws(ReplyFault) -> UInt32 { data.isAtEnd ? 0 : try data.long() }
        _ = try byte()
        let size = try byte()
        let horizontal = try byte()
        let vertical = try byte()
        let latitude = angle(try long(), positive: "N", negative: "S")
        let longitude = angle(try long(), positive: "E", negative: "W")
        let centimetres = Int64(try long()) - 10_000_000
        let sign = centimetres < 0 ? "-" : ""
        let altitude =
            "\(sign)\(centimetres.magnitude / 100)"
            + (centimetres % 100 == 0 ? "" : "." + padded(centimetres.magnitude % 100, 2))
        return "\(latitude) \(longitude) \(altitude)m \(metres(size))m \(metres(horizontal))m \(metres(vertical))m"
    }

    private static func angle(_ value: UInt32, positive: String, negative: String) -> String {
        let offset = Int64(value) - (1 << 31)
        let thousandths = offset.magnitude
        let seconds = thousandths % 60_000
        return padded(thousandths / 3_600_000, 2) + " " + padded(thousandths / 60_000 % 60, 2) + " "
            + "\(seconds / 1000)." + padded(seconds % 1000, 3) + " " + (offset > 0 ? positive : negative)
    }

    /// Formats a mantissa and a power of ten in centimetres as metres.
    private static func metres(_ value: UInt8) -> String {
        let mantissa = UInt64(value >> 4)
        let exponent = Int(value & 15)
        if exponent < 2 { return "0." + padded(exponent == 0 ? mantissa : mantissa * 10, 2) }
        return String(mantissa) + String(repeating: "0", count: exponent - 2)
    }

    private static func padded(_ number: some BinaryInteger, _ width: Int) -> String {
        let text = String(number)
        return String(repeating: "0", count: max(0, width - text.count)) + text
    }
}
