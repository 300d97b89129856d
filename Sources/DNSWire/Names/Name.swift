/// A domain name: checked once, absolute, its case kept but ignored in comparison.
///
/// The value is the uncompressed wire form of RFC 1035 section 3.1: each label after its length, then a zero byte; at
/// most 255 bytes.
public struct Name: Sendable {
    /// The most bytes a name may have, with its lengths and its final zero.
    public static let maximumLength = 255
    /// The most bytes a label may have.
    public static let maximumLabelLength = 63
    /// The name of no labels.
    public static let root = Name(validated: [0])

    /// The name uncompressed, with its final zero and its case kept.
    public let wire: [UInt8]

    /// A name whose bytes are known to be sound.
    init(validated wire: [UInt8]) { self.wire = wire }

    /// A name from its uncompressed wire form, which it must fill.
    ///
    /// - Throws: `WireError` for bytes that are not exactly one name without compression pointers.
    public init(wire: [UInt8]) throws(WireError) {
        var reader = WireReader(wire.span)
        var checked: [UInt8] = []
        checked.reserveCapacity(wire.count)
        try reader.name(from: wire.span, to: &checked, allowPointers: false)
        guard reader.remaining == 0 else { throw WireError(.trailingBytes, at: reader.offset) }
        self.wire = checked
    }

    /// A name of these labels, leftmost first.
    ///
    /// - Throws: `WireError` for a label that is empty or longer than 63 bytes, and for a name longer than 255 bytes.
    public init(labels: some Sequence<[UInt8]>) throws(WireError) {
        var wire: [UInt8] = []
        for label in labels {
            guard !label.isEmpty, label.count <= Self.maximumLabelLength else {
                throw WireError(.labelLength, at: wire.count)
            }
            wire.append(UInt8(label.count))
            wire.append(contentsOf: label)
            guard wire.count < Self.maximumLength else { throw WireError(.nameTooLong, at: wire.count) }
        }
        self.wire = wire + [0]
    }

    /// Whether this is the root.
    public var isRoot: Bool { wire.count == 1 }

    /// Whether the leftmost label is a lone asterisk (RFC 4592).
    public var isWildcard: Bool { wire.count > 2 && wire[0] == 1 && wire[1] == UInt8(ascii: "*") }

    /// How many labels there are, without that of the root.
    public var labelCount: Int {
        var count = 0
        var position = 0
        while wire[position] != 0 {
            position += Int(wire[position]) + 1
            count += 1
        }
        return count
    }

    /// Where each label begins, leftmost first, without that of the root.
    var labelOffsets: [Int] {
        var offsets: [Int] = []
        var position = 0
        while wire[position] != 0 {
            offsets.append(position)
            position += Int(wire[position]) + 1
        }
        return offsets
    }

    /// The bytes of a label, 0 the leftmost; nil if there is no such label.
    public func label(_ index: Int) -> [UInt8] {
        let offsets = labelOffsets
        guard offsets.indices.contains(index) else { return [] }
        let start = offsets[index]
        return Array(wire[(start + 1)..<(start + 1 + Int(wire[start]))])
    }

    /// All labels, leftmost first, without that of the root.
    public var labels: [[UInt8]] {
        labelOffsets.map { Array(wire[($0 + 1)..<($0 + 1 + Int(wire[$0]))]) }
    }
}

extension Name {
    /// The name without its leftmost label; the root has none.
    public var parent: Name? {
        isRoot ? nil : Name(validated: Array(wire[(Int(wire[0]) + 1)...]))
    }

    /// The rightmost labels, as many as asked for or all there are.
    public func suffix(labels count: Int) -> Name {
        let offsets = labelOffsets
        guard count < offsets.count else { return self }
        guard count > 0 else { return .root }
        return Name(validated: Array(wire[offsets[offsets.count - count]...]))
    }

    /// Whether the name is the other one or lies below it.
    public func isSubdomain(of other: Name) -> Bool {
        let extra = wire.count - other.wire.count
        guard extra >= 0 else { return false }
        guard extra > 0 else { return self == other }
        var position = 0
        while position < extra { position += Int(wire[position]) + 1 }
        guard position == extra else { return false }
        return Self.equal(wire[extra...], other.wire[...])
    }

    /// The name with one more label on its left.
    ///
    /// - Throws: `WireError` for a label that is empty or longer than 63 bytes, and for a name longer than 255 bytes.
    public func prepending(label: [UInt8]) throws(WireError) -> Name {
        guard !label.isEmpty, label.count <= Self.maximumLabelLength else { throw WireError(.labelLength, at: 0) }
        guard wire.count + label.count + 1 <= Self.maximumLength else { throw WireError(.nameTooLong, at: 0) }
        return Name(validated: [UInt8(label.count)] + label + wire)
    }

    /// This name's labels, then those of the other.
    ///
    /// - Throws: `WireError` for a name longer than 255 bytes.
    public func appending(_ other: Name) throws(WireError) -> Name {
        guard wire.count - 1 + other.wire.count <= Self.maximumLength else { throw WireError(.nameTooLong, at: 0) }
        return Name(validated: wire.dropLast() + other.wire)
    }

    /// The longest name that both lie below or are.
    public func commonAncestor(with other: Name) -> Name {
        var candidate = suffix(labels: other.labelCount)
        while !other.isSubdomain(of: candidate), let parent = candidate.parent { candidate = parent }
        return candidate
    }

    /// The name in lower case.
    public var folded: Name {
        // Most names are in lower case already, and need no bytes of their own.
        wire.allSatisfy { $0 == Self.fold($0) } ? self : Name(validated: wire.map(Self.fold))
    }
}
