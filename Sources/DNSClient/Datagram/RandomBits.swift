/// Unpredictable numbers for ids and ports, drawn from the system a few at a time.
struct RandomBits {
    private var system = SystemRandomNumberGenerator()
    private var word: UInt64 = 0
    private var left = 0

    /// Sixteen bits.
    mutating func next() -> UInt16 {
        if left == 0 {
            word = system.next()
            left = 4
        }
        left -= 1
        let bits = UInt16(truncatingIfNeeded: word)
        word >>= 16
        return bits
    }

    /// A port to send from, above those that servers on this machine are likely to want.
    mutating func port() -> UInt16 {
        16384 + UInt16(truncatingIfNeeded: UInt32(next()) * (65536 - 16384) >> 16)
    }
}
