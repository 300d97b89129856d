/// The set of types that NSEC, NSEC3 and CSYNC carry (RFC 4034 section 4.1.2).
enum TypeBitmap {
    /// Reads blocks to the end; their windows must rise, and none may be empty or end with a zero byte.
    static func read(
        _ bytes: Span<UInt8>, _ reader: inout WireReader, to target: inout [UInt8]
    ) throws(WireError) {
        var lastWindow = -1
        while reader.remaining > 0 {
            let start = reader.offset
            let window = try reader.uint8(bytes)
            let count = try reader.uint8(bytes)
            guard Int(window) > lastWindow, (1...32).contains(count) else {
                throw WireError(.recordDataInvalid, at: start)
            }
            target.append(window)
            target.append(count)
            try reader.copy(Int(count), from: bytes, to: &target)
            guard target.last != 0 else { throw WireError(.recordDataInvalid, at: reader.offset - 1) }
            lastWindow = Int(window)
        }
    }

    /// The types of sound blocks, in order.
    static func types(_ blocks: ArraySlice<UInt8>) -> [RecordType] {
        var types: [RecordType] = []
        var position = blocks.startIndex
        while position + 1 < blocks.endIndex {
            let window = UInt16(blocks[position]) << 8
            let end = min(position + 2 + Int(blocks[position + 1]), blocks.endIndex)
            for (index, byte) in blocks[(position + 2)..<end].enumerated() where byte != 0 {
                for bit in 0..<8 where byte & (0x80 >> UInt8(bit)) != 0 {
                    types.append(RecordType(rawValue: window + UInt16(index * 8 + bit)))
                }
            }
            position = end
        }
        return types
    }

    /// The blocks of these types.
    static func encode(_ types: some Sequence<RecordType>) -> [UInt8] {
        var blocks: [UInt8] = []
        var window: UInt16?
        var start = 0
        for number in Set(types.map(\.rawValue)).sorted() {
            if window != number >> 8 {
                window = number >> 8
                start = blocks.count
                blocks += [UInt8(number >> 8), 0]
            }
            let index = start + 2 + Int(number & 0xFF) / 8
            while blocks.count <= index {
                blocks.append(0)
                blocks[start + 1] += 1
            }
            blocks[index] |= 0x80 >> UInt8(number & 7)
        }
        return blocks
    }
}
