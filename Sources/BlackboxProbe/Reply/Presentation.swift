import DNSWire

/// Formats bytes as text, in the forms of record data.
enum Presentation {
    static func decimalEscape(_ byte: UInt8) -> String {
        let number = String(byte)
        return "\\" + String(repeating: "0", count: 3 - number.count) + number
    }

    /// Escapes quotes and backslashes, and unprintable bytes as `\DDD`.
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

    /// Returns the bytes in quotes, interpreted as text that may already contain escapes: `\\DDD` and `\\X` are one
    /// byte, `\\.` stays as it is, and a backslash at the very end is dropped.
    static func quotedOctets(_ bytes: ArraySlice<UInt8>) -> String {
        let backslash = UInt8(ascii: "\\")
        var text = "\""
        var rest = bytes
        while let byte = rest.popFirst() {
            guard byte == backslash else {
                text += escaped(CollectionOfOne(byte))
                continue
            }
            let digits = rest.prefix(3)
            if rest.first == UInt8(ascii: ".") {
                rest.removeFirst()
                text += "\\."
            } else if digits.count == 3, digits.allSatisfy({ (0x30...0x39).contains($0) }) {
                rest = rest.dropFirst(3)
                text += escaped(CollectionOfOne(digits.reduce(0) { ($0 &* 10) &+ ($1 &- 0x30) }))
            } else if let next = rest.popFirst() {
                text += escaped(CollectionOfOne(next))
            }
        }
        return text + "\""
    }

    /// Decodes UTF-8, with U+FFFD for each invalid byte.
    static func raw(_ bytes: ArraySlice<UInt8>) -> String {
        var text = ""
        var rest = bytes
        while let first = rest.first {
            let length = first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4
            if let scalar = String(validating: rest.prefix(length), as: UTF8.self) {
                text += scalar
                rest = rest.dropFirst(length)
            } else {
                text.unicodeScalars.append("\u{fffd}")
                rest.removeFirst()
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

    /// Encodes base 32 with the extended hex alphabet, without padding.
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

    /// Whether 16 bytes are an IPv4-mapped IPv6 address, `::ffff:0:0/96`.
    static func isMapped(_ bytes: ArraySlice<UInt8>) -> Bool {
        bytes.prefix(10).allSatisfy { $0 == 0 } && bytes.dropFirst(10).prefix(2).elementsEqual([0xff, 0xff])
    }

    /// Formats by RFC 5952; an IPv4-mapped address has its IPv4 part in dotted form.
    static func address6(_ bytes: ArraySlice<UInt8>) -> String {
        let bytes = Array(bytes)
        if isMapped(bytes[...]) {
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

    /// Formats seconds since 1970 modulo 2^32 as `YYYYMMDDhhmmss`, in the 68 years around `now`.
    static func time(_ seconds: UInt32, near now: Int64) -> String {
        let years68: Int64 = 1 << 31
        var wraps = (Int64(seconds) - now) / years68 - 1
        if wraps < 0 { wraps = 0 }
        return CivilDate.compactText(Int64(seconds) - wraps * years68)
    }
}
