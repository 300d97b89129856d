internal import CDeflate
import Foundation

/// Text made small by zlib (RFC 1950), with its length in front: four bytes, the most significant first.
enum Deflated {
    /// Bytes of text that are taken back at most; what is larger was not written by us.
    static let limit = 16 << 20
    private static let header = 4

    /// - Throws: ``RowFault`` for a text beyond ``limit``.
    static func pack(_ text: Data) throws -> Data {
        guard (1...limit).contains(text.count) else { throw RowFault("\(text.count) bytes are not kept") }
        var size = compressBound(UInt(text.count))
        var packed = Data(count: header + Int(size))
        let status = packed.withUnsafeMutableBytes { target in
            text.withUnsafeBytes { source in
                compress2(
                    target.baseAddress?.advanced(by: header).assumingMemoryBound(to: UInt8.self), &size,
                    source.baseAddress?.assumingMemoryBound(to: UInt8.self), UInt(source.count), Z_BEST_SPEED)
            }
        }
        guard status == Z_OK else { throw RowFault("it cannot be made small: zlib says \(status)") }
        for place in 0..<header { packed[place] = UInt8(truncatingIfNeeded: text.count >> (8 * (header - 1 - place))) }
        return packed.prefix(header + Int(size))
    }

    /// - Throws: ``RowFault`` for bytes that ``pack(_:)`` did not write.
    static func unpack(_ packed: Data) throws -> Data {
        let bytes = Data(packed)
        guard bytes.count > header else { throw RowFault("it is too short") }
        let length = bytes.prefix(header).reduce(0) { $0 << 8 | Int($1) }
        guard (1...limit).contains(length) else { throw RowFault("it claims \(length) bytes") }
        var size = UInt(length)
        var text = Data(count: length)
        let status = text.withUnsafeMutableBytes { target in
            bytes.withUnsafeBytes { source in
                uncompress(
                    target.baseAddress?.assumingMemoryBound(to: UInt8.self), &size,
                    source.baseAddress?.advanced(by: header).assumingMemoryBound(to: UInt8.self),
                    UInt(source.count - header))
            }
        }
        guard status == Z_OK, size == UInt(length) else { throw RowFault("it is damaged: zlib says \(status)") }
        return text
    }
}
