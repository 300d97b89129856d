extension Name: Hashable {
    /// Whether both are the same name; the case of ASCII letters does not count (RFC 4343).
    public static func == (left: Name, right: Name) -> Bool {
        // Most names that are compared are written the same way.
        left.wire == right.wire || left.wire.count == right.wire.count && equal(left.wire[...], right.wire[...])
    }

    /// Feeds the name in lower case, eight bytes at a time.
    public func hash(into hasher: inout Hasher) {
        var word: UInt64 = 0
        var filled = 0
        for byte in wire {
            word = word << 8 | UInt64(Self.fold(byte))
            filled += 1
            if filled == 8 {
                hasher.combine(word)
                word = 0
                filled = 0
            }
        }
        // The final zero ends every name, so the last word says how long it was.
        hasher.combine(word << 8 | UInt64(filled))
    }
}

extension Name: Comparable {
    /// The canonical order: by labels from the right, in lower case, shorter first (RFC 4034 section 6.1).
    public static func < (left: Name, right: Name) -> Bool {
        let leftOffsets = left.labelOffsets
        let rightOffsets = right.labelOffsets
        for (leftStart, rightStart) in zip(leftOffsets.reversed(), rightOffsets.reversed()) {
            let leftLength = Int(left.wire[leftStart])
            let rightLength = Int(right.wire[rightStart])
            for index in 0..<min(leftLength, rightLength) {
                let leftByte = fold(left.wire[leftStart + 1 + index])
                let rightByte = fold(right.wire[rightStart + 1 + index])
                if leftByte != rightByte { return leftByte < rightByte }
            }
            if leftLength != rightLength { return leftLength < rightLength }
        }
        return leftOffsets.count < rightOffsets.count
    }
}

extension Name {
    /// An ASCII letter in lower case, any other byte as it is; lengths of labels are below the letters.
    @inline(__always)
    static func fold(_ byte: UInt8) -> UInt8 {
        byte &- UInt8(ascii: "A") < 26 ? byte | 0x20 : byte
    }

    static func equal(_ left: ArraySlice<UInt8>, _ right: ArraySlice<UInt8>) -> Bool {
        left.count == right.count && zip(left, right).allSatisfy { $0 == $1 || fold($0) == fold($1) }
    }
}
