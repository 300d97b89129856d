internal import NIOCore
#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// The address of a server: 4 or 16 bytes, with the interface of a link-local address.
package struct HostAddress: Hashable, Sendable {
    /// 4 or 16 bytes in network byte order; empty for no address.
    package var bytes: [UInt8]
    /// The interface of a link-local address, by name or number; nil for none.
    package var zone: String?
    /// Whether it was found as an IPv4-mapped IPv6 address.
    var isMapped = false

    /// No address, which a socket interprets as this machine.
    static let unspecified = HostAddress(bytes: [])

    private init(bytes: [UInt8]) { self.bytes = bytes }

    /// Parses an address, with the interface after a `%` if there is one; nil for anything else.
    ///
    /// An IPv4-mapped IPv6 address counts as IPv4, as in Go.
    package init?(_ text: String) {
        let parts = text.split(separator: "%", maxSplits: 1)
        guard let address = parts.first.map(String.init), address.utf8.count < 64 else { return nil }
        var four = [UInt8](repeating: 0, count: 4)
        var six = [UInt8](repeating: 0, count: 16)
        if parts.count == 1, inet_pton(AF_INET, address, &four) == 1 {
            bytes = four
        } else if inet_pton(AF_INET6, address, &six) == 1 {
            isMapped = Presentation.isMapped(six[...])
            bytes = isMapped ? Array(six[12...]) : six
            zone = parts.count > 1 ? String(parts[1]) : nil
        } else {
            return nil
        }
    }

    /// Whether it is an IPv4 address.
    package var isVersion4: Bool { bytes.count == 4 }

    /// The text, with the interface of a link-local address.
    package var text: String {
        if bytes.isEmpty { return "" }
        let shown = isVersion4 ? Presentation.address4(bytes[...]) : Presentation.address6(bytes[...])
        return zone.map { "\(shown)%\($0)" } ?? shown
    }

    /// The 32-bit FNV-1a hash of the address bytes.
    package var hash32: UInt32 {
        bytes.reduce(2_166_136_261) { ($0 ^ UInt32($1)) &* 16_777_619 }
    }

    func socketAddress(port: UInt16) throws -> SocketAddress {
        let bytes = bytes.isEmpty ? [UInt8](repeating: 0, count: 16) : bytes
        // An interface is relevant only for a link-local address.
        guard zone != nil, bytes[0] == 0xfe, bytes[1] & 0xc0 == 0x80 else {
            return try SocketAddress(packedIPAddress: ByteBuffer(bytes: bytes), port: Int(port))
        }
        // Only the system knows the number of an interface; the text contains no name to resolve.
        return try SocketAddress.makeAddressResolvingHost(text, port: Int(port))
    }
}

/// Selects one of a server's addresses.
package struct AddressChoice: Hashable, Sendable {
    /// Whether IPv4 is preferred; IPv6 otherwise.
    package var prefersVersion4: Bool
    /// Whether an address of the other family is acceptable.
    package var allowsOther: Bool

    package init(preferredProtocol: String, fallback: Bool) {
        prefersVersion4 = preferredProtocol != "ip6" && !preferredProtocol.isEmpty
        allowsOther = fallback
    }

    /// Returns the first address of the preferred family, otherwise the last one of the other family if that is
    /// acceptable; nil if there is none.
    ///
    /// If it is not, only the preferred family is resolved, and IPv4-mapped addresses in AAAA records are ignored.
    package func pick(_ addresses: [HostAddress]) -> HostAddress? {
        addresses.first { $0.isVersion4 == prefersVersion4 && (allowsOther || !$0.isMapped) }
            ?? (allowsOther ? addresses.last : nil)
    }
}
