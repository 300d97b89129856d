import Foundation

/// The numbers of a stored document: sums and products of what is read here must not overflow.
enum StoredNumbers {
    /// Whole numbers that we write have no more: the last millisecond of the year 9999 has 15.
    static let mostDigits = 15

    /// Whether a whole number in a JSON text is longer.
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
                // One with two digits is as good as a number that is too long; a negative one begins again.
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
