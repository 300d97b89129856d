import DNSWire

/// Encodes the queries of a sweep in place.
struct SweepQuery {
    private let flags: UInt16
    private let dnssecOK: Bool

    init(options: QueryOptions) {
        flags = (options.recursionDesired ? 0x0100 : 0) | (options.checkingDisabled ? 0x0010 : 0)
        dnssecOK = options.dnssecOK
    }

    /// Encodes a query with ID 0.
    func write(
        _ name: UnsafeRawBufferPointer, type: UInt16, shape: Exchange.Shape, into buffer: UnsafeMutableRawBufferPointer
    ) -> DatagramOwner.QueryLayout {
        let end = 12 + name.count + 4
        buffer.storeBytes(of: 0, as: UInt16.self)
        buffer.storeBytes(of: flags.bigEndian, toByteOffset: 2, as: UInt16.self)
        buffer.storeBytes(of: UInt16(1).bigEndian, toByteOffset: 4, as: UInt16.self)
        buffer.storeBytes(of: 0, toByteOffset: 6, as: UInt32.self)
        buffer.storeBytes(of: UInt16(shape.edns ? 1 : 0).bigEndian, toByteOffset: 10, as: UInt16.self)
        UnsafeMutableRawBufferPointer(rebasing: buffer[12..<12 + name.count]).copyMemory(from: name)
        buffer.storeBytes(of: type.bigEndian, toByteOffset: end - 4, as: UInt16.self)
        buffer.storeBytes(of: UInt16(1).bigEndian, toByteOffset: end - 2, as: UInt16.self)
        guard shape.edns else { return DatagramOwner.QueryLayout(length: end, questionEnd: end, exactCase: false) }
        buffer.storeBytes(of: 0, toByteOffset: end, as: UInt8.self)
        buffer.storeBytes(of: RecordType.opt.rawValue.bigEndian, toByteOffset: end + 1, as: UInt16.self)
        buffer.storeBytes(of: shape.udpSize.bigEndian, toByteOffset: end + 3, as: UInt16.self)
        buffer.storeBytes(of: 0, toByteOffset: end + 5, as: UInt16.self)
        buffer.storeBytes(of: UInt16(dnssecOK ? 0x8000 : 0).bigEndian, toByteOffset: end + 7, as: UInt16.self)
        buffer.storeBytes(of: 0, toByteOffset: end + 9, as: UInt16.self)
        return DatagramOwner.QueryLayout(length: end + 11, questionEnd: end, exactCase: false)
    }
}
