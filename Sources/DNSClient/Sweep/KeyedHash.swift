/// SipHash with a 128-bit result (one round for each word, three at the end), fed a few bytes at a time.
struct KeyedHash {
    private var v0: UInt64
    private var v1: UInt64
    private var v2: UInt64
    private var v3: UInt64
    private var word: UInt64 = 0
    private var filled: UInt64 = 0
    private var total: UInt64 = 0

    @inline(__always)
    init(key: (UInt64, UInt64)) {
        v0 = key.0 ^ 0x736F_6D65_7073_6575
        v1 = key.1 ^ 0x646F_7261_6E64_6F6D ^ 0xEE
        v2 = key.0 ^ 0x6C79_6765_6E65_7261
        v3 = key.1 ^ 0x7465_6462_7974_6573
    }

    /// Adds the lowest 1 to 8 bytes of a number.
    @inline(__always)
    mutating func add(_ value: UInt64, bytes count: UInt64) {
        word |= value &<< (filled &* 8)
        let sum = filled + count
        total &+= count
        if sum < 8 {
            filled = sum
            return
        }
        v3 ^= word
        round()
        v0 ^= word
        filled = sum - 8
        word = filled == 0 ? 0 : value &>> ((count &- filled) &* 8)
    }

    @inline(__always)
    private mutating func round() {
        v0 = v0 &+ v1
        v1 = (v1 &<< 13 | v1 &>> 51) ^ v0
        v0 = v0 &<< 32 | v0 &>> 32
        v2 = v2 &+ v3
        v3 = (v3 &<< 16 | v3 &>> 48) ^ v2
        v0 = v0 &+ v3
        v3 = (v3 &<< 21 | v3 &>> 43) ^ v0
        v2 = v2 &+ v1
        v1 = (v1 &<< 17 | v1 &>> 47) ^ v2
        v2 = v2 &<< 32 | v2 &>> 32
    }

    /// The result; nothing may be added afterwards.
    @inline(__always)
    mutating func finish() -> AnswerDigest {
        word |= total &<< 56
        v3 ^= word
        round()
        v0 ^= word
        v2 ^= 0xEE
        for _ in 0..<3 { round() }
        let low = v0 ^ v1 ^ v2 ^ v3
        v1 ^= 0xDD
        for _ in 0..<3 { round() }
        return AnswerDigest(high: v0 ^ v1 ^ v2 ^ v3, low: low)
    }
}
