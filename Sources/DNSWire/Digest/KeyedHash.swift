/// SipHash-1-3 with a result of 128 bits: without the key, two inputs with one result cannot be made.
///
/// One round a word and three at the end, as hash tables have it that must bear hostile keys (Rust's, Ruby's, Python's).
/// That is enough here: the key never leaves the process, no digest is ever shown, and a sender learns of a meeting only
/// by not being noticed.
package struct KeyedHash: Sendable {
    private var v0: UInt64
    private var v1: UInt64
    private var v2: UInt64
    private var v3: UInt64
    private var count = 0
    /// The bytes that do not make a word yet, the first lowest.
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
        while index + 8 <= range.upperBound {
            // The outermost bytes first: with them in bounds the compiler reads the word at once.
            let (first, last) = (UInt64(bytes[index]), UInt64(bytes[index + 7]))
            take(
                first | UInt64(bytes[index + 1]) << 8 | UInt64(bytes[index + 2]) << 16 | UInt64(bytes[index + 3]) << 24
                    | UInt64(bytes[index + 4]) << 32 | UInt64(bytes[index + 5]) << 40 | UInt64(bytes[index + 6]) << 48
                    | last << 56, 8)
            index += 8
        }
        guard index < range.upperBound else { return }
        var word: UInt64 = 0
        var shift: UInt64 = 0
        let left = range.upperBound - index
        while index < range.upperBound {
            word |= UInt64(bytes[index]) << shift
            shift += 8
            index += 1
        }
        take(word, left)
    }

    /// Takes in a number as its two bytes, the higher first, as the wire has it.
    @inline(__always)
    package mutating func update(_ value: UInt16) { take(UInt64(value.byteSwapped), 2) }

    /// Takes in a number as its four bytes, the highest first, as the wire has it.
    @inline(__always)
    package mutating func update(_ value: UInt32) { take(UInt64(value.byteSwapped), 4) }

    /// Takes in a number as its sixteen bytes, the lowest first.
    package mutating func update(_ value: UInt128) {
        take(UInt64(truncatingIfNeeded: value), 8)
        take(UInt64(truncatingIfNeeded: value >> 64), 8)
    }

    /// Takes in one to eight bytes that stand in a word, the first lowest; the word's other bits are zero.
    @inline(__always)
    private mutating func take(_ word: UInt64, _ bytes: Int) {
        let held = count & 7
        count &+= bytes
        let joined = pending | word &<< UInt64(held * 8)
        guard held + bytes >= 8 else {
            pending = joined
            return
        }
        absorb(joined)
        pending = held == 0 ? 0 : word &>> UInt64(64 - held * 8)
    }

    @inline(__always)
    private mutating func absorb(_ word: UInt64) {
        v3 ^= word
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
    private static func rotate(_ value: UInt64, _ count: UInt64) -> UInt64 { value &<< count | value &>> (64 - count) }

    /// The hash of all that was taken in.
    package func finish() -> UInt128 {
        var last = self
        last.absorb(UInt64(truncatingIfNeeded: count) << 56 | pending)
        last.v2 ^= 0xEE
        for _ in 0..<3 { last.round() }
        let low = last.sum
        last.v1 ^= 0xDD
        for _ in 0..<3 { last.round() }
        return UInt128(last.sum) << 64 | UInt128(low)
    }

    private var sum: UInt64 { v0 ^ v1 ^ v2 ^ v3 }
}
