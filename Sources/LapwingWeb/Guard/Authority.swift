import DNSWire

/// The host and port of a `Host` or `Origin` header (RFC 9110 section 7.2), normalised.
package struct Authority: Hashable, Sendable {
    /// A name in lower case without a trailing dot, or an address in its shortest form.
    package let host: String
    /// The port; nil if the header has none.
    package let port: UInt16?
    /// The host as an address, if it is one.
    let address: IPAddress?

    /// Nil for anything that is not `host`, `host:port`, `[address]` or `[address]:port`.
    package init?(_ text: some StringProtocol) {
        guard !text.isEmpty, text.utf8.count <= 300 else { return nil }
        var rest = Substring(text)
        var host: Substring
        if rest.hasPrefix("[") {
            guard let close = rest.firstIndex(of: "]") else { return nil }
            host = rest[rest.index(after: rest.startIndex)..<close]
            rest = rest[rest.index(after: close)...]
            guard let address = IPAddress(String(host)), !address.isIPv4 else { return nil }
        } else {
            host = rest.prefix { $0 != ":" }
            rest = rest[host.endIndex...]
        }
        if rest.isEmpty {
            port = nil
        } else {
            guard rest.hasPrefix(":"), rest.dropFirst().utf8.allSatisfy({ (0x30...0x39).contains($0) }),
                let number = UInt16(rest.dropFirst()), number > 0
            else { return nil }
            port = number
        }
        if host.hasSuffix(".") { host = host.dropLast() }
        let isPlain = host.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
                UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: ":"):
                true
            default: false
            }
        }
        guard !host.isEmpty, isPlain else { return nil }
        address = IPAddress(String(host))?.unmapped
        self.host = address?.description ?? host.lowercased()
    }

    /// The same authority without the port if it is the default of the scheme.
    func withoutPort(of scheme: Substring) -> Authority {
        let usual: UInt16 = scheme == "https" ? 443 : 80
        return port == usual ? Authority(host: host, address: address) : self
    }

    private init(host: String, address: IPAddress?) {
        self.host = host
        self.address = address
        port = nil
    }
}

extension IPAddress {
    /// Whether it is the unspecified address, on which a listener accepts connections to every address of the machine.
    var isEvery: Bool { unmapped == .v4(0) || self == .v6(0) }
}
