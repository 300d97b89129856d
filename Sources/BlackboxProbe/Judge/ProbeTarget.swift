/// The server to query, split into host and port like Go's `net.SplitHostPort`.
package struct ProbeTarget: Hashable, Sendable {
    /// A name or an address, without brackets.
    package var host: String
    /// A number, a service name, or empty for port 0.
    package var port: String

    /// Parses `host`, `host:port` or `[v6]:port`; any other text is the host.
    package init(_ text: String, overTLS: Bool) {
        if let split = Self.split(text) {
            (host, port) = split
        } else {
            (host, port) = (text, overTLS ? "853" : "53")
        }
    }

    private static func split(_ text: String) -> (host: String, port: String)? {
        let bytes = Array(text.utf8)
        guard let colon = bytes.lastIndex(of: UInt8(ascii: ":")) else { return nil }
        let open = UInt8(ascii: "[")
        let close = UInt8(ascii: "]")
        let host: ArraySlice<UInt8>
        if bytes.first == open {
            guard let end = bytes.firstIndex(of: close), end + 1 == colon else { return nil }
            host = bytes[1..<end]
            if host.contains(open) { return nil }
        } else {
            host = bytes[..<colon]
            if host.contains(UInt8(ascii: ":")) || host.contains(open) || host.contains(close) { return nil }
        }
        let port = bytes[(colon + 1)...]
        if port.contains(open) || port.contains(close) { return nil }
        return (String(decoding: host, as: UTF8.self), String(decoding: port, as: UTF8.self))
    }

    /// Decodes the text once more, as blackbox_exporter does for a `target` that was encoded twice.
    package static func unescaped(_ text: String) -> String {
        var result: [UInt8] = []
        var bytes = Array(text.utf8)[...]
        while let byte = bytes.popFirst() {
            switch byte {
            case UInt8(ascii: "+"): result.append(UInt8(ascii: " "))
            case UInt8(ascii: "%"):
                guard let high = bytes.popFirst().flatMap(hexadecimal), let low = bytes.popFirst().flatMap(hexadecimal)
                else { return text }
                result.append(high << 4 | low)
            default: result.append(byte)
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    private static func hexadecimal(_ byte: UInt8) -> UInt8? {
        Character(UnicodeScalar(byte)).hexDigitValue.map { UInt8($0) }
    }
}
