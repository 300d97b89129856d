/// Bytes in network order, being written, with the names that later ones can point to.
public struct WireWriter: Sendable {
    /// What has been written.
    public private(set) var bytes: [UInt8] = []
    private var namePlaces: [ArraySlice<UInt8>: Int] = [:]

    /// Nothing written yet.
    public init() {}

    /// How many bytes have been written.
    public var count: Int { bytes.count }

    /// Appends one byte.
    public mutating func uint8(_ value: UInt8) { bytes.append(value) }

    /// Appends two bytes.
    public mutating func uint16(_ value: UInt16) {
        bytes.append(UInt8(truncatingIfNeeded: value >> 8))
        bytes.append(UInt8(truncatingIfNeeded: value))
    }

    /// Appends four bytes.
    public mutating func uint32(_ value: UInt32) {
        uint16(UInt16(truncatingIfNeeded: value >> 16))
        uint16(UInt16(truncatingIfNeeded: value))
    }

    /// Appends six bytes; higher bits are cut off.
    public mutating func uint48(_ value: UInt64) {
        uint16(UInt16(truncatingIfNeeded: value >> 32))
        uint32(UInt32(truncatingIfNeeded: value))
    }

    /// Appends a run of bytes.
    public mutating func append(_ more: some Sequence<UInt8>) { bytes.append(contentsOf: more) }

    /// Appends a name; with `compress`, as a pointer to an equal ending written before (RFC 1035 section 4.1.4).
    ///
    /// Endings are matched with their case, so that what is read back is what was written.
    public mutating func name(_ wire: ArraySlice<UInt8>, compress: Bool) {
        var position = wire.startIndex
        while position < wire.endIndex, wire[position] != 0 {
            let ending = wire[position...]
            if compress, let place = namePlaces[ending] {
                uint16(0xC000 | UInt16(truncatingIfNeeded: place))
                return
            }
            if bytes.count < 0x4000 { namePlaces[ending] = bytes.count }
            let next = position + 1 + Int(wire[position])
            bytes.append(contentsOf: wire[position..<next])
            position = next
        }
        bytes.append(0)
    }

    /// Puts two bytes over those at an earlier place.
    public mutating func replace(at offset: Int, with value: UInt16) {
        bytes[offset] = UInt8(truncatingIfNeeded: value >> 8)
        bytes[offset + 1] = UInt8(truncatingIfNeeded: value)
    }

    /// Takes back everything after the first `count` bytes.
    public mutating func cut(to count: Int) {
        guard count < bytes.count else { return }
        bytes.removeLast(bytes.count - count)
        namePlaces = namePlaces.filter { $0.value < count }
    }
}
