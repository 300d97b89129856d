/// A cursor over bytes in network order: where the next byte is read, and where reading must stop.
///
/// It holds no bytes; every read takes them as a parameter, so that it stays a plain value. The same span must be
/// handed in that the cursor was made for.
public struct WireReader: Hashable, Sendable {
    /// The next byte to read, counted from the start of the bytes.
    public private(set) var offset: Int
    /// The first byte that may not be read.
    public private(set) var end: Int

    /// A cursor at the first of all bytes.
    public init(_ bytes: Span<UInt8>) {
        offset = 0
        end = bytes.count
    }

    private init(offset: Int, end: Int) {
        self.offset = offset
        self.end = end
    }

    /// How many bytes are left.
    public var remaining: Int { end - offset }

    /// A cursor at the same place that stops after this many bytes.
    ///
    /// - Throws: `WireError` with the code `truncated` if fewer bytes are left.
    public func limited(to count: Int) throws(WireError) -> WireReader {
        guard count >= 0, count <= remaining else { throw WireError(.truncated, at: end) }
        return WireReader(offset: offset, end: offset + count)
    }

    /// Goes on after this many bytes.
    ///
    /// - Throws: `WireError` with the code `truncated` if fewer bytes are left.
    public mutating func skip(_ count: Int) throws(WireError) {
        guard count >= 0, count <= remaining else { throw WireError(.truncated, at: end) }
        offset += count
    }

    /// The next byte, left where it is; nil at the end.
    func peek(_ bytes: Span<UInt8>) -> UInt8? { remaining > 0 ? bytes[offset] : nil }

    /// Reads one byte; throws a `truncated` error if none is left.
    @inline(__always)
    public mutating func uint8(_ bytes: Span<UInt8>) throws(WireError) -> UInt8 {
        guard remaining >= 1 else { throw WireError(.truncated, at: end) }
        defer { offset += 1 }
        return bytes[offset]
    }

    /// Reads two bytes; throws a `truncated` error if fewer are left.
    @inline(__always)
    public mutating func uint16(_ bytes: Span<UInt8>) throws(WireError) -> UInt16 {
        guard remaining >= 2 else { throw WireError(.truncated, at: end) }
        defer { offset += 2 }
        return UInt16(bytes[offset]) << 8 | UInt16(bytes[offset + 1])
    }

    /// Reads four bytes; throws a `truncated` error if fewer are left.
    @inline(__always)
    public mutating func uint32(_ bytes: Span<UInt8>) throws(WireError) -> UInt32 {
        let high = try uint16(bytes)
        return UInt32(high) << 16 | UInt32(try uint16(bytes))
    }

    /// Reads six bytes, as TSIG counts its seconds; throws a `truncated` error if fewer are left.
    public mutating func uint48(_ bytes: Span<UInt8>) throws(WireError) -> UInt64 {
        let high = try uint16(bytes)
        return UInt64(high) << 32 | UInt64(try uint32(bytes))
    }

    /// Reads a run of bytes; throws a `truncated` error if fewer are left.
    public mutating func bytes(_ count: Int, from bytes: Span<UInt8>) throws(WireError) -> [UInt8] {
        var result: [UInt8] = []
        try copy(count, from: bytes, to: &result)
        return result
    }

    /// Reads a run of bytes onto the end of others; throws a `truncated` error if fewer are left.
    public mutating func copy(_ count: Int, from bytes: Span<UInt8>, to target: inout [UInt8]) throws(WireError) {
        guard count >= 0, count <= remaining else { throw WireError(.truncated, at: end) }
        Self.append(bytes, offset..<(offset + count), to: &target)
        offset += count
    }
}

extension WireReader {
    @inline(__always)
    private static func append(_ bytes: Span<UInt8>, _ range: Range<Int>, to target: inout [UInt8]) {
        for index in range { target.append(bytes[index]) }
    }

    /// How many compression pointers may follow each other in one name: as many as a name can have labels.
    static let maximumPointers = 127

    /// Reads a name, following compression pointers, and appends it uncompressed.
    ///
    /// A pointer must lead to a place before the labels read since the last one, and what is read there must end
    /// before them (RFC 1035 section 4.1.4: "a prior occurrence"); so the walk ends. More
    /// pointers in a row than a name can have labels are refused.
    ///
    /// - Throws: `WireError` for bytes that end too early, a label of another kind, a name longer than 255 bytes, and a
    ///   pointer that breaks these rules or is not allowed.
    public mutating func name(
        from bytes: Span<UInt8>, to target: inout [UInt8], allowPointers: Bool = true
    ) throws(WireError) {
        let start = target.count
        var position = offset
        var segmentStart = offset
        var limit = end
        var after: Int?
        var pointers = 0
        while true {
            guard position < limit else { throw WireError(pointers > 0 ? .pointerLoop : .truncated, at: position) }
            let length = Int(bytes[position])
            if length == 0 {
                target.append(0)
                offset = after ?? position + 1
                return
            } else if length < 0x40 {
                guard position + length < limit else {
                    throw WireError(pointers > 0 ? .pointerLoop : .truncated, at: limit)
                }
                guard target.count - start + length + 2 <= Name.maximumLength else {
                    throw WireError(.nameTooLong, at: position)
                }
                Self.append(bytes, position..<(position + length + 1), to: &target)
                position += length + 1
            } else if length >= 0xC0 {
                guard allowPointers else { throw WireError(.pointerNotAllowed, at: position) }
                guard position + 1 < limit else { throw WireError(.truncated, at: limit) }
                let destination = (length & 0x3F) << 8 | Int(bytes[position + 1])
                pointers += 1
                guard destination < segmentStart, pointers <= Self.maximumPointers else {
                    throw WireError(destination > position ? .pointerForward : .pointerLoop, at: position)
                }
                after = after ?? position + 2
                limit = segmentStart
                segmentStart = destination
                position = destination
            } else {
                throw WireError(.labelType, at: position)
            }
        }
    }

    /// Reads a name; throws as ``name(from:to:allowPointers:)`` does.
    public mutating func name(from bytes: Span<UInt8>) throws(WireError) -> Name {
        var wire: [UInt8] = []
        try name(from: bytes, to: &wire)
        return Name(validated: wire)
    }

    /// Reads a name as ``name(from:to:allowPointers:)`` does, into a place that has room for 255 bytes, in lower case;
    /// returns how many bytes it has.
    mutating func foldedName(
        from bytes: Span<UInt8>, into target: inout MutableSpan<UInt8>, at start: Int, allowPointers: Bool = true
    ) throws(WireError) -> Int {
        var count = 0
        var position = offset
        var segmentStart = offset
        var limit = end
        var after: Int?
        var pointers = 0
        while true {
            guard position < limit else { throw WireError(pointers > 0 ? .pointerLoop : .truncated, at: position) }
            let length = Int(bytes[position])
            if length == 0 {
                target[start + count] = 0
                offset = after ?? position + 1
                return count + 1
            } else if length < 0x40 {
                guard position + length < limit else {
                    throw WireError(pointers > 0 ? .pointerLoop : .truncated, at: limit)
                }
                guard count + length + 2 <= Name.maximumLength else { throw WireError(.nameTooLong, at: position) }
                target[start + count] = UInt8(truncatingIfNeeded: length)
                for index in 1...length { target[start + count + index] = Name.fold(bytes[position + index]) }
                count += length + 1
                position += length + 1
            } else if length >= 0xC0 {
                guard allowPointers else { throw WireError(.pointerNotAllowed, at: position) }
                guard position + 1 < limit else { throw WireError(.truncated, at: limit) }
                let destination = (length & 0x3F) << 8 | Int(bytes[position + 1])
                pointers += 1
                guard destination < segmentStart, pointers <= Self.maximumPointers else {
                    throw WireError(destination > position ? .pointerForward : .pointerLoop, at: position)
                }
                after = after ?? position + 2
                limit = segmentStart
                segmentStart = destination
                position = destination
            } else {
                throw WireError(.labelType, at: position)
            }
        }
    }

    /// Goes over a name that may hold no pointer.
    mutating func skipLiteralName(_ bytes: Span<UInt8>) throws(WireError) {
        let start = offset
        while true {
            guard offset < end else { throw WireError(.truncated, at: offset) }
            let length = Int(bytes[offset])
            guard length < 0x40 else {
                throw WireError(length >= 0xC0 ? .pointerNotAllowed : .labelType, at: offset)
            }
            if length > 0 {
                guard offset + length < end else { throw WireError(.truncated, at: end) }
                guard offset - start + length + 2 <= Name.maximumLength else {
                    throw WireError(.nameTooLong, at: offset)
                }
            }
            offset += length + 1
            if length == 0 { return }
        }
    }
}
