import CDatagramBatch

/// Unpredictable numbers for IDs and ports, drawn from the system many at a time.
package struct RandomBits {
    private static let supply = 128
    /// The lowest port.
    private static let lowestPort: UInt16 = 16384

    private var numbers = [UInt16](repeating: 0, count: RandomBits.supply)
    private var left = 0

    package init() {}

    /// Returns 16 random bits.
    mutating func next() -> UInt16 {
        if left == 0 { refill() }
        left -= 1
        return numbers[left]
    }

    /// Returns a source port above those that servers on this machine are likely to use.
    package mutating func port() -> UInt16 {
        Self.lowestPort + UInt16(truncatingIfNeeded: (UInt32(next()) * (65536 - UInt32(Self.lowestPort))) >> 16)
    }

    private mutating func refill() {
        left = Self.supply
        let isFilled = numbers.withUnsafeMutableBytes { datagram_random($0.baseAddress, $0.count) }
        guard !isFilled else { return }
        var system = SystemRandomNumberGenerator()
        for index in numbers.indices { numbers[index] = UInt16(truncatingIfNeeded: system.next()) }
    }
}
