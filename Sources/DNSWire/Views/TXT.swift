/// Free text (RFC 1035 section 3.3.14), in which many conventions live.
public struct TXT: Hashable, Sendable {
    /// The strings, each of at most 255 bytes; longer ones are cut when written.
    public var strings: [[UInt8]]

    /// The record data of these strings; at least one.
    public init(strings: [[UInt8]]) { self.strings = strings.isEmpty ? [[]] : strings }

    /// The record data of a text, cut into as many strings as it needs.
    public init(text: String) {
        let bytes = Array(text.utf8)
        self.init(
            strings: stride(from: 0, to: bytes.count, by: 255).map { Array(bytes[$0..<min($0 + 255, bytes.count)]) })
    }

    /// Reads record data of TXT or SPF; nil for another type.
    public init?(_ data: RecordData) {
        let strings = data.reading(.txt, .spf) { bytes, reader throws(WireError) in
            var strings: [[UInt8]] = []
            while reader.remaining > 0 { strings.append(try reader.counted(bytes)) }
            return strings
        }
        guard let strings else { return nil }
        self.strings = strings
    }

    /// The strings put together, as SPF, DKIM and most others read them.
    public var joined: [UInt8] { strings.flatMap(\.self) }

    /// The strings put together, as text; bytes that are not UTF-8 are replaced.
    public var text: String { String(decoding: joined, as: UTF8.self) }

    /// The data as a record carries it.
    public var data: RecordData {
        RecordData(made: .txt) { writer in
            for string in strings { writer.counted(string) }
        }
    }
}
