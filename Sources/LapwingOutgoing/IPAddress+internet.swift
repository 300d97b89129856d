package import DNSWire

extension IPAddress {
    /// Whether the address belongs to the public Internet: not loopback, private, link-local, shared, multicast,
    /// unspecified or reserved (RFC 6890), and not an IPv6 form of such an IPv4 address.
    package var isOnInternet: Bool {
        switch self {
        case .v4(let value): return Self.isOnInternet(value)
        case .v6(let high, let low):
            let top = UInt32(truncatingIfNeeded: high >> 32)
            if let inner = Self.translated(high, low) { return Self.isOnInternet(inner) }
            // Teredo (RFC 4380) embeds the IPv4 addresses of both sides; no registry is reached that way.
            if top == 0x2001_0000 { return false }
            return top >> 29 == 1
        }
    }

    /// The IPv4 address embedded in an IPv4-mapped address, a NAT64 address (RFC 6052) or a 6to4 address (RFC 3056).
    private static func translated(_ high: UInt64, _ low: UInt64) -> UInt32? {
        if high == 0, low >> 32 == 0xFFFF { return UInt32(truncatingIfNeeded: low) }
        if high == 0x0064_FF9B << 32, low >> 32 == 0 { return UInt32(truncatingIfNeeded: low) }
        return high >> 48 == 0x2002 ? UInt32(truncatingIfNeeded: high >> 16) : nil
    }

    private static func isOnInternet(_ value: UInt32) -> Bool {
        switch (value >> 24, value >> 16 & 0xFF, value >> 8 & 0xFF) {
        case (0, _, _), (10, _, _), (127, _, _), (224..., _, _): false
        case (100, 64...127, _), (169, 254, _), (172, 16...31, _), (192, 168, _), (198, 18...19, _): false
        // Protocol assignments, and the 6to4 relays.
        case (192, 0, 0), (192, 88, 99): false
        default: true
        }
    }
}
