import Foundation

/// Limits the numbers in stored documents, so that sums and products of them cannot overflow.
enum StoredNumbers {
    /// The largest number of digits of whole numbers that Lapwing writes: the last millisecond of the year 9999 has 15.
    static let mostDigits = 15

    /// Whether a JSON text contains a longer whole number.
    static func exceed(_ json: Data) -> Bool {
        var isText = false
        var isEscaped = false
        var isFraction = false
        var digits = 0
        for byte in json {
            if isText {
                if isEscaped {
                    isEscaped = false
                } else if byte == UInt8(ascii: "\\") {
                    isEscaped = true
                } else if byte == UInt8(ascii: "\"") {
                    isText = false
                }
                continue
            }
            switch byte {
            case 0x30...0x39:
                digits += isFraction ? 0 : 1
                if digits > mostDigits { return true }
            case UInt8(ascii: "."): isFraction = true
            case UInt8(ascii: "e"), UInt8(ascii: "E"):
                // An exponent of two digits counts as too long a number; a negative one restarts the count.
                isFraction = false
                digits = mostDigits - 1
            case UInt8(ascii: "+"): break
            default:
                isText = byte == UInt8(ascii: "\"")
                isFraction = false
                digits = 0
            }
        }
        return false
    }
}
