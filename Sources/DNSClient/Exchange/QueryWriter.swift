import DNSWire

/// Encodes queries: a header, one question, and an OPT record for EDNS.
///
/// Separate from `Message.query`, since the engine encodes a million of them in place, without allocations.
struct QueryWriter: Sendable {
    /// The name, uncompressed.
    var name: [UInt8]
    var type: UInt16
    var recursionDesired: Bool
    var checkingDisabled: Bool
    var dnssecOK: Bool
    var nsid: Bool
    /// Whether the letter case is mixed at random.
    var mixedCase: Bool

    init(name: Name, type: RecordType, options: QueryOptions) {
        self.name = name.wire
        self.type = type.rawValue
        recursionDesired = options.recursionDesired
        checkingDisabled = options.checkingDisabled
        dnssecOK = options.dnssecOK
        nsid = options.nsid
        mixedCase = options.mixedCase
    }

    /// The EDNS part of one query; empty options are omitted.
    struct Extension: Sendable {
        var udpSize: UInt16
        var cookie: [UInt8] = []
        /// Pads the message to a multiple of this many bytes (RFC 8467); 0 for no padding.
        var paddingBlock = 0
    }

    /// Encodes a query with ID 0; the buffer must have 512 bytes.
    func write(_ edns: Extension?, into buffer: UnsafeMutableRawBufferPointer) -> DatagramOwner.QueryLayout {
        var output = Output(buffer: buffer)
        output.uint16(0)
        output.uint16((recursionDesired ? 0x0100 : 0) | (checkingDisabled ? 0x0010 : 0))
        output.uint16(1)
        output.uint16(0)
        output.uint16(0)
        output.uint16(edns == nil ? 0 : 1)
        if mixedCase { output.mixed(name) } else { output.bytes(name) }
        output.uint16(type)
        output.uint16(1)
        let questionEnd = output.count
        if let edns { write(edns, into: &output) }
        return DatagramOwner.QueryLayout(length: output.count, questionEnd: questionEnd, exactCase: mixedCase)
    }

    private func write(_ edns: Extension, into output: inout Output) {
        output.byte(0)
        output.uint16(RecordType.opt.rawValue)
        output.uint16(edns.udpSize)
        output.uint16(0)
        output.uint16(dnssecOK ? 0x8000 : 0)
        let lengthAt = output.count
        output.uint16(0)
        if nsid {
            output.uint16(3)
            output.uint16(0)
        }
        if !edns.cookie.isEmpty {
            output.uint16(10)
            output.uint16(UInt16(edns.cookie.count))
            output.bytes(edns.cookie)
        }
        if edns.paddingBlock > 0 {
            let filled = (output.count + 4) % edns.paddingBlock
            let padding = filled == 0 ? 0 : edns.paddingBlock - filled
            output.uint16(12)
            output.uint16(UInt16(padding))
            for _ in 0..<padding { output.byte(0) }
        }
        output.patch(UInt16(output.count - lengthAt - 2), at: lengthAt)
    }

    /// Returns the query as an array, for streams.
    func bytes(_ edns: Extension?) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: SlotTable.stride) { buffer, count in
            count = write(edns, into: UnsafeMutableRawBufferPointer(buffer)).length
        }
    }

    /// Writes bytes in sequence.
    ///
    /// Bytes beyond the end are dropped; the longest query, with a name of 255 bytes and all options, fits.
    private struct Output {
        let buffer: UnsafeMutableRawBufferPointer
        var count = 0

        mutating func byte(_ value: UInt8) {
            guard count < buffer.count else { return }
            buffer[count] = value
            count += 1
        }

        mutating func uint16(_ value: UInt16) {
            byte(UInt8(truncatingIfNeeded: value >> 8))
            byte(UInt8(truncatingIfNeeded: value))
        }

        mutating func bytes(_ values: [UInt8]) {
            guard buffer.count - count >= values.count else { return }
            values.withUnsafeBytes { UnsafeMutableRawBufferPointer(rebasing: buffer[count...]).copyMemory(from: $0) }
            count += values.count
        }

        /// Flips the case of letters at random; label lengths are not in the range of letters.
        mutating func mixed(_ values: [UInt8]) {
            var random = RandomBits()
            for value in values {
                let isLetter = (value | 0x20) >= 0x61 && (value | 0x20) <= 0x7A
                byte(isLetter && random.next() & 1 == 1 ? value ^ 0x20 : value)
            }
        }

        func patch(_ value: UInt16, at index: Int) {
            buffer[index] = UInt8(truncatingIfNeeded: value >> 8)
            buffer[index + 1] = UInt8(truncatingIfNeeded: value)
        }
    }
}
