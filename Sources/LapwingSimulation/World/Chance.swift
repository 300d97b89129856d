import DNSWire
import LapwingCore

/// Reproducible random choices: a hash of the seed and of the subject of the choice.
struct Chance {
    private var state: UInt64

    init(_ seed: UInt64) {
        state = Self.stir(seed)
    }

    func mixed(with value: UInt64) -> Chance {
        var next = self
        next.state = Self.stir(state ^ Self.stir(value &+ 0x9e37_79b9_7f4a_7c15))
        return next
    }

    func mixed(with value: Int) -> Chance { mixed(with: UInt64(bitPattern: Int64(value))) }

    func mixed(with text: String) -> Chance { mixed(with: Self.hash(text.utf8)) }

    func mixed(with bytes: [UInt8]) -> Chance { mixed(with: Self.hash(bytes)) }

    /// Returns a number from 0 up to, but not including, the bound.
    func below(_ bound: Int) -> Int { Int(state % UInt64(max(1, bound))) }

    var value: UInt64 { state }

    /// FNV-1a.
    static func hash(_ bytes: some Sequence<UInt8>) -> UInt64 {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        return hash
    }

    /// The finishing steps of SplitMix64.
    private static func stir(_ value: UInt64) -> UInt64 {
        var value = value
        value = (value ^ (value >> 30)) &* 0xbf58_476d_1ce4_e5b9
        value = (value ^ (value >> 27)) &* 0x94d0_49bb_1331_11eb
        return value ^ (value >> 31)
    }
}
