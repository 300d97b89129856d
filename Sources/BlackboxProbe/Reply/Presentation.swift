/// Bytes as text, in the forms that record data takes.
enum Presentation {
    static func decimalEscape(_ byte: UInt8) -> String {
        let number = String(byte)
        return "\\" + String(repeating: "0", count: 3 - number.count) + number
    }

    /// The bytes with quotes and backslashes escaped and everything unprintable as `\DDD`.
    static func escaped(_ bytes: some Sequence<UInt8>, also special: Set<UInt8> = []) -> String {
        var text = ""
        for byte in bytes {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"):
                text.append("\\")
                text.unicodeScalars.append(UnicodeScalar(byte))
            case 0x20...0x7e:
                if special.contains(byte) { text.append("\\") }
                text.unicodeScalars.append(UnicodeScalar(byte))
            default: text += decimalEscape(byte)
            }
        }
        return text
    }

    static func hex(_ bytes: some Sequence<UInt8>, uppercase: Bool = false) -> String {
        var text = ""
        let digits = Array((uppercase ? "0123456789ABCDEF" : "0123456789abcdef").unicodeScalars)
        for byte in bytes {
            text.unicodeScalars.append(digits[Int(byte >> 4)])
            text.unicodeScalars.append(digits[Int(byte & 15)])
        }
        return text
    }

    static func base64(_ bytes: ArraySlice<UInt8>) -> String {
        grouped(bytes, alphabet: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/", bits: 6, pad: 4)
    }

    /// Base 32 with the extended hex alphabet, without padding.
    static func base32(_ bytes: ArraySlice<UInt8>) -> String {
        grouped(bytes, alphabet: "0123456789ABCDEFGHIJKLMNOPQRSTUV", bits: 5, pad: 1)
    }

    private static func grouped(_ bytes: ArraySlice<UInt8>, alphabet: String, bits: Int, pad: Int) -> String {
        let digits = Array(alphabet.unicodeScalars)
        var text = ""
        var count = 0
        var held = 0
        var heldBits = 0
        func put(_ index: Int) {
            text.unicodeScalars.append(digits[index])
            count += 1
        }
        for byte in bytes {
            held = held << 8 | Int(byte)
            heldBits += 8
            while heldBits >= bits {
                heldBits -= bits
                put(held >> heldBits & (1 << bits - 1))
            }
            held &= (1 << heldBits) - 1
        }
        if heldBits > 0 { put(held << (bits - heldBits) & (1 << bits - 1)) }
        while count % pad != 0 {
            text.append("=")
            count += 1
        }
        return text
    }

    static func address4(_ bytes: ArraySlice<UInt8>) -> String { bytes.map(String.init).joined(separator: ".") }

    /// RFC 5952; an IPv4-mapped address shows its IPv4 part with dots.
    static func address6(_ bytes: ArraySlice<UInt8>) -> String {
        let bytes = Array(bytes)
        if bytes.prefix(10).allSatisfy({ $0 == 0 }), bytes[10] == 0xff, bytes[11] == 0xff {
            return "::ffff:" + address4(bytes[12...])
        }
        let groups = (0..<8).map { UInt16(bytes[$0 * 2]) << 8 | UInt16(bytes[$0 * 2 + 1]) }
        var best = 0..<0
        var start = 0
        while start < 8 {
            var stop = start
            while stop < 8 && groups[stop] == 0 { stop += 1 }
            if stop - start > best.count && stop - start > 1 { best = start..<stop }
            start = max(stop, start + 1)
        }
        func text(_ range: Range<Int>) -> String {
            groups[range].map { String($0, radix: 16) }.joined(separator: ":")
        }
        return best.isEmpty ? text(0..<8) : text(0..<best.lowerBound) + "::" + text(best.upperBound..<8)
    }

    /// Seconds since 1970 modulo 2^32 as `YYYYMMDDhhmmss`, in the 68 years around `now`.
    static func time(_ seconds: UInt32, near now: Int64) -> String {
        let years68: Int64 = 1 << 31
        var wraps = (Int64(seconds) - now) / years68 - 1
        if wraps < 0 { wraps = 0 }
        let instant = Int64(seconds) - wraps * years68
        let days = instant.quotient(dividingBy: 86400)
        let rest = instant - days * 86400
        let (year, month, day) = CivilDate.date(days: days)
        func padded(_ number: Int64, _ width: Int) -> String {
            let text = String(number)
            return String(repeating: "0", count: max(0, width - text.count)) + text
        }
        return padded(year, 4) + padded(month, 2) + padded(day, 2) + padded(rest / 3600, 2)
            + padded(rest / 60 % 60, 2) + padded(rest % 60, 2)
    }
}

/// The Gregorian calendar from day numbers.
enum CivilDate {
    /// The date of a day counted from 1970-01-01.
    static func date(days: Int64) -> (year: Int64, month: Int64, day: Int64) {
        // Years begin in March here, so that the leap day is the last of its year.
        let shifted = days + 719_468
        let era = shifted.quotient(dividingBy: 146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        return (
            yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        )
    }
}

extension Int64 {
    /// Division that rounds down, also for negative numbers.
    fileprivate func quotient(dividingBy divisor: Int64) -> Int64 {
        let result = self / divisor
        return self % divisor < 0 ? result - 1 : result
    }
}
