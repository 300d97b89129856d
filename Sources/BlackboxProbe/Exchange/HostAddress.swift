internal import NIOCore
#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// An address of a server: 4 or 16 bytes, and the interface of a link-local one.
package struct HostAddress: Hashable, Sendable {
    /// 4 or 16 bytes in the order of the network; empty for no address.
    package var bytes: [UInt8]
    /// The interface of a link-local address, by name or number; nil for none.
    package var zone: String?
    /// Found as an IPv6 address that stands for an IPv4 one.
    var isMapped = false

    /// No address at all, which a socket takes for this machine.
    static let unspecified = HostAddress(bytes: [])

    private init(bytes: [UInt8]) { self.bytes = bytes }

    /// Reads an address, with the interface after a `%` if it has one; nil for anything else.
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

    /// With the interface of a link-local one.
    package var text: String {
        if bytes.isEmpty { return "" }
        let shown = isVersion4 ? Presentation.address4(bytes[...]) : Presentation.address6(bytes[...])
        return zone.map { "\(shown)%\($0)" } ?? shown
    }

    /// FNV-1a over the address bytes, 32 bits.
    package var hash32: UInt32 {
        bytes.reduce(2_166_136_261) { ($0 ^ UInt32($1)) &* 16_777_619 }
    }

    func socketAddress(port: UInt16) throws -> SocketAddress {
        let bytes = bytes.isEmpty ? [UInt8](repeating: 0, count: 16) : bytes
        // Elsewhere than on a link an interface makes no difference.
        guard zone != nil, bytes[0] == 0xfe, bytes[1] & 0xc0 == 0x80 else {
            return try SocketAddress(packedIPAddress: ByteBuffer(bytes: bytes), port: Int(port))
        }
        // Only the system knows the number of an interface; the text has no name to look up.
        return try SocketAddress.makeAddressResolvingHost(text, port: Int(port))
    }
}

/// Which of a server's addresses to ask.
package struct AddressChoice: Hashable, Sendable {
    /// Whether IPv4 is the preferred kind; IPv6 otherwise.
    package var prefersVersion4: Bool
    /// Whether an address of the other kind will do.
    package var allowsOther: Bool

    package init(preferredProtocol: String, fallback: Bool) {
        prefersVersion4 = preferredProtocol != "ip6" && !preferredProtocol.isEmpty
        allowsOther = fallback
    }

    /// The first address of the preferred kind, otherwise the last one of the other kind, if that is allowed.
    ///
    /// Without the other kind, name servers are asked for the preferred one only, and what an AAAA record says of IPv4
    /// does not count.
    package func pick(_ addresses: [HostAddress]) -> HostAddress? {
        addresses.first { $0.isVersion4 == prefersVersion4 && (allowsOther || !$0.isMapped) }
            ?? (allowsOther ? addresses.last : nil)
    }
}
