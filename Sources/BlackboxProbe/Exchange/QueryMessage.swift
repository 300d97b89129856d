/// The query of a probe as bytes: without EDNS unless requested, and with the RD flag only.
package struct QueryMessage: Hashable, Sendable {
    /// The message ID.
    package var id: UInt16
    /// The whole message.
    package var bytes: [UInt8]

    /// Nil if the name cannot be encoded.
    package init?(
        id: UInt16, name: String, type: UInt16, recordClass: UInt16, recursionDesired: Bool, additions: ProbeAdditions
    ) {
        guard let name = Self.wire(name) else { return nil }
        self.id = id
        func pair(_ number: UInt16) -> [UInt8] { [UInt8(number >> 8), UInt8(truncatingIfNeeded: number)] }
        let hasOption: UInt16 = additions.ednsSize == nil ? 0 : 1
        bytes = pair(id) + pair(recursionDesired ? 0x0100 : 0) + pair(1) + pair(0) + pair(0) + pair(hasOption)
        bytes += name + pair(type) + pair(recordClass)
        if let size = additions.ednsSize {
            bytes += [0] + pair(41) + pair(size) + [0, 0, additions.dnssecOK ? 0x80 : 0, 0] + pair(0)
        }
    }

    /// A longer name does not fit into a message.
    private static let longestName = 65_000

    /// Encodes a name with `\DDD` and `\X` escapes as labels; the trailing dot is optional.
    ///
    /// Only the length of labels is limited, as in the exporter: the limit of 255 octets for names is left to the
    /// server.
    private static func wire(_ text: String) -> [UInt8]? {
        guard text.utf8.count <= longestName else { return nil }
        let text = hasFinalDot(text) ? text : text + "."
        if text == "." { return [0] }
        // A backslash at the end escapes the dot.
        guard hasFinalDot(text) else { return nil }
        var wire: [UInt8] = []
        var label: [UInt8] = []
        var bytes = Array(text.utf8)[...]
        while let byte = bytes.popFirst() {
            if byte == UInt8(ascii: ".") {
                guard (1...63).contains(label.count) else { return nil }
                wire.append(UInt8(label.count))
                wire += label
                label = []
            } else if byte == UInt8(ascii: "\\") {
                let digits = bytes.prefix(3)
                if digits.count == 3, digits.allSatisfy({ (0x30...0x39).contains($0) }) {
                    label.append(digits.reduce(0) { ($0 &* 10) &+ ($1 &- 0x30) })
                    bytes = bytes.dropFirst(3)
                } else if let next = bytes.popFirst() {
                    label.append(next)
                }
            } else {
                label.append(byte)
            }
        }
        return wire + [0]
    }

    private static func hasFinalDot(_ text: String) -> Bool {
        guard text.hasSuffix(".") else { return false }
        return text.utf8.dropLast().reversed().prefix { $0 == UInt8(ascii: "\\") }.count % 2 == 0
    }
}
