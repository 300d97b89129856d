/// The fixed part of an OPT record (RFC 6891 section 6.1.2).
struct OPTHeader {
    var udpSize: UInt16
    /// The eight upper bits of the response code.
    var upperCode: UInt8
    var version: UInt8
    var flags: UInt16
    /// Where the options are.
    var options: WireReader

    /// Reads the next record if it is an OPT record; otherwise leaves the reader where it is.
    init?(_ bytes: Span<UInt8>, _ reader: inout WireReader, isFirst: Bool) throws(WireError) {
        let start = reader.offset
        var ahead = reader
        guard let first = ahead.peek(bytes) else { throw WireError(.truncated, at: start) }
        // The root is one byte; any other name of an OPT record is an error, found when its type is known.
        if first != 0 {
            var name: [UInt8] = []
            try ahead.name(from: bytes, to: &name)
            guard RecordType(rawValue: try ahead.uint16(bytes)) == .opt else { return nil }
            guard name.count == 1 else { throw WireError(.optMisplaced, at: start) }
        } else {
            try ahead.skip(1)
            guard RecordType(rawValue: try ahead.uint16(bytes)) == .opt else { return nil }
        }
        guard isFirst else { throw WireError(.optMisplaced, at: start) }
        udpSize = try ahead.uint16(bytes)
        upperCode = try ahead.uint8(bytes)
        version = try ahead.uint8(bytes)
        flags = try ahead.uint16(bytes)
        let count = Int(try ahead.uint16(bytes))
        options = try ahead.limited(to: count)
        try ahead.skip(count)
        reader = ahead
    }
}

extension EDNSOption {
    /// Reads the next option; one that its number does not permit is an error.
    init(_ bytes: Span<UInt8>, _ reader: inout WireReader) throws(WireError) {
        let place = reader.offset
        code = try reader.uint16(bytes)
        let length = Int(try reader.uint16(bytes))
        data = try reader.bytes(length, from: bytes)
        guard isSound else { throw WireError(.optionInvalid, at: place) }
    }
}
