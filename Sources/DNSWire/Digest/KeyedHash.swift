/// SipHash-2-4 with a result of 128 bits: whoever does not know the key cannot make two inputs meet.
package struct KeyedHash: Sendable {
    private var v0: UInt64
    private var v1: UInt64
    private var v2: UInt64
    private var v3: UInt64
    private var count = 0
    private var pending: UInt64 = 0

    package init(_ key: AnswerDigest.Key) {
        v0 = 0x736f_6d65_7073_6575 ^ key.low
        v1 = 0x646f_7261_6e64_6f6d ^ key.high ^ 0xEE
        v2 = 0x6c79_6765_6e65_7261 ^ key.low
        v3 = 0x7465_6462_7974_6573 ^ key.high
    }

    /// Takes in bytes.
    package mutating func update(_ bytes: Span<UInt8>) { update(bytes, 0..<bytes.count) }

    /// Takes in the bytes of a range.
    package mutating func update(_ bytes: Span<UInt8>, _ range: Range<Int>) {
        var index = range.lowerBound
        while index < range.upperBound, count & 7 != 0 {
            byte(bytes[index])
            index += 1
        }
        while index + 8 <= range.upperBound {
            let low =
                UInt32(bytes[index]) | UInt32(bytes[index + 1]) << 8 | UInt32(bytes[index + 2]) << 16
                | UInt32(bytes[index + 3]) << 24
            let high =
                UInt32(bytes[index + 4]) | UInt32(bytes[index + 5]) << 8 | UInt32(bytes[index + 6]) << 16
                | UInt32(bytes[index + 7]) << 24
            absorb(UInt64(high) << 32 | UInt64(low))
            count &+= 8
            index += 8
        }
        while index < range.upperBound {
            byte(bytes[index])
            index += 1
        }
    }

    /// Takes in a name that holds no pointer, in lower case, and says where it ended; nothing if it is not such a name.
    ///
    /// The hash is spoilt if the answer is nothing.
    mutating func updateLiteralName(_ bytes: Span<UInt8>, from start: Int, to end: Int) -> Int? {
        var position = start
        let limit = min(end, start + Name.maximumLength)
        while position < limit {
            let length = Int(bytes[position])
            guard length < 0x40, position + length < limit else { return nil }
            for index in position...(position + length) { byte(Name.fold(bytes[index])) }
            position += length + 1
            if length == 0 { return position }
        }
        return nil
    }

    /// Takes in a number as its two bytes, the higher first, as the wire has it.
    @inline(__always)
    package mutating func update(_ value: UInt16) {
        byte(UInt8(truncatingIfNeeded: value >> 8))
        byte(UInt8(truncatingIfNeeded: value))
    }

    /// Takes in a number as its sixteen bytes, the lowest first.
    package mutating func update(_ value: UInt128) {
        word(UInt64(truncatingIfNeeded: value))
        word(UInt64(truncatingIfNeeded: value >> 64))
    }

    private mutating func word(_ value: UInt64) {
        guard count & 7 != 0 else {
            absorb(value)
            count &+= 8
            return
        }
        for shift in stride(from: 0, to: 64, by: 8) { byte(UInt8(truncatingIfNeeded: value >> UInt64(shift))) }
    }

    @inline(__always)
    private mutating func byte(_ value: UInt8) {
        pending |= UInt64(value) << UInt64((count & 7) * 8)
        count &+= 1
        if count & 7 == 0 {
            absorb(pending)
            pending = 0
        }
    }

    @inline(__always)
    private mutating func absorb(_ word: UInt64) {
        v3 ^= word
        round()
        round()
        v0 ^= word
    }

    @inline(__always)
    private mutating func round() {
        v0 = v0 &+ v1
        v1 = Self.rotate(v1, 13) ^ v0
        v0 = Self.rotate(v0, 32)
        v2 = v2 &+ v3
        v3 = Self.rotate(v3, 16) ^ v2
        v0 = v0 &+ v3
        v3 = Self.rotate(v3, 21) ^ v0
        v2 = v2 &+ v1
        v1 = Self.rotate(v1, 17) ^ v2
        v2 = Self.rotate(v2, 32)
    }

    @inline(__always)
    private static func rotate(_ value: UInt64, _ count: UInt64) -> UInt64 { value << count | value >> (64 - count) }

    /// The hash of all that was taken in.
    package func finish() -> UInt128 {
        var last = self
        last.absorb(UInt64(truncatingIfNeeded: count) << 56 | pending)
        last.v2 ^= 0xEE
        for _ in 0..<4 { last.round() }
        let low = last.sum
        last.v1 ^= 0xDD
        for _ in 0..<4 { last.round() }
        return UInt128(last.sum) << 64 | UInt128(low)
    }

    private var sum: UInt64 { v0 ^ v1 ^ v2 ^ v3 }
}
