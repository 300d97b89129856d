import DNSWire

/// The host and port of a registration server, normalised.
struct RegistryEndpoint: Hashable, Sendable {
    /// In lower case without a trailing dot, or an address without brackets.
    let host: String
    let port: Int

    /// Nil for a host that is neither an address nor a name of letters, digits, hyphens and underscores: other programs
    /// might decode anything else differently.
    init?(host: String, port: Int) {
        guard (1...65_535).contains(port) else { return nil }
        if let address = IPAddress(host) {
            self.host = "\(address)"
        } else {
            let name = host.hasSuffix(".") ? String(host.dropLast()) : host
            let labels = name.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
            guard name.utf8.count <= 253,
                labels.allSatisfy({ (1...63).contains($0.count) && $0.allSatisfy(Self.isOfHost) })
            else { return nil }
            self.host = name.lowercased()
        }
        self.port = port
    }

    /// Parses `host`, `host:port`, `address` or `[address]:port`.
    init?(_ text: String, defaultPort: Int) {
        if IPAddress(text) != nil {
            self.init(host: text, port: defaultPort)
            return
        }
        var rest = text[...]
        var host = rest.prefix { $0 != ":" }
        if rest.hasPrefix("[") {
            guard let close = rest.firstIndex(of: "]") else { return nil }
            host = rest[rest.index(after: rest.startIndex)..<close]
            guard let address = IPAddress(String(host)), !address.isIPv4 else { return nil }
            rest = rest[rest.index(after: close)...]
        } else {
            rest = rest[host.endIndex...]
        }
        guard !rest.isEmpty else {
            self.init(host: String(host), port: defaultPort)
            return
        }
        let digits = rest.dropFirst()
        guard rest.first == ":", (1...5).contains(digits.utf8.count),
            digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let port = Int(digits)
        else { return nil }
        self.init(host: String(host), port: port)
    }

    private static func isOfHost(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
            || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
    }
}
