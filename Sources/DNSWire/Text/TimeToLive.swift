/// Seconds in zone text: a number, or numbers with units such as `1h30m` (RFC 2308 has them, and every server).
public enum TimeToLive {
    /// The seconds of the text; nil for other text or more than 32 bits hold.
    public static func seconds(_ text: some Collection<UInt8>) -> UInt32? {
        var total: UInt64 = 0
        var number: UInt64?
        var hasUnit = false
        for byte in text {
            if Escape.isDigit(byte) {
                number = (number ?? 0) * 10 + UInt64(byte - UInt8(ascii: "0"))
            } else {
                guard let count = number, let unit = unit(byte) else { return nil }
                total += count * unit
                number = nil
                hasUnit = true
            }
            guard total + (number ?? 0) <= UInt64(UInt32.max) else { return nil }
        }
        if let number {
            guard !hasUnit else { return nil }
            total = number
        } else if !hasUnit {
            return nil
        }
        return UInt32(exactly: total)
    }

    private static func unit(_ letter: UInt8) -> UInt64? {
        switch Name.fold(letter) {
        case UInt8(ascii: "w"): 604_800
        case UInt8(ascii: "d"): 86_400
        case UInt8(ascii: "h"): 3_600
        case UInt8(ascii: "m"): 60
        case UInt8(ascii: "s"): 1
        default: nil
        }
    }
}
