internal import CDeflate
package import Foundation

/// Text compressed with zlib (RFC 1950), preceded by its length as four bytes in network byte order.
package enum Deflated {
    /// The largest size of a text in bytes; anything larger was not written by Lapwing.
    package static let limit = 16 << 20
    private static let header = 4

    /// - Throws: ``RowFault`` for an empty text, and for one beyond ``limit``.
    package static func pack(_ text: Data) throws -> Data {
        guard (1...limit).contains(text.count) else { throw RowFault("\(text.count) bytes are not kept") }
        var stream = z_stream()
        let window = windowBits(text.count)
        let began = deflateInit2_(
            &stream, Z_BEST_SPEED, Z_DEFLATED, window, max(1, window - 7), Z_DEFAULT_STRATEGY, ZLIB_VERSION,
            Int32(MemoryLayout<z_stream>.size))
        guard began == Z_OK else { throw RowFault("it cannot be made small: zlib says \(began)") }
        defer { deflateEnd(&stream) }
        var packed = Data(count: header + Int(deflateBound(&stream, UInt(text.count))))
        let status = packed.withUnsafeMutableBytes { target in
            text.withUnsafeBytes { source in
                stream.next_in = UnsafeMutablePointer(mutating: source.bindMemory(to: UInt8.self).baseAddress)
                stream.avail_in = UInt32(source.count)
                stream.next_out = target.bindMemory(to: UInt8.self).baseAddress?.advanced(by: header)
                stream.avail_out = UInt32(target.count - header)
                return deflate(&stream, Z_FINISH)
            }
        }
        guard status == Z_STREAM_END else { throw RowFault("it cannot be made small: zlib says \(status)") }
        for place in 0..<header { packed[place] = UInt8(truncatingIfNeeded: text.count >> (8 * (header - 1 - place))) }
        return packed.prefix(header + Int(stream.total_out))
    }

    /// The base-2 logarithm of a window that holds the text, if there is one. Most texts are small, and setting up
    /// tables for the largest window takes longer than compressing them.
    private static func windowBits(_ length: Int) -> Int32 {
        (9..<15).first { length <= 1 << $0 } ?? 15
    }

    /// - Throws: ``RowFault`` for bytes that ``pack(_:)`` did not write.
    package static func unpack(_ packed: Data) throws -> Data {
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
