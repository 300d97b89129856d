package import DNSWire

/// A block of addresses, such as `10.0.0.0/8` or `fc00::/7`; a single address is a block of one.
package struct AddressBlock: Hashable, Sendable, CustomStringConvertible {
    /// The first address of the block.
    package let first: IPAddress
    /// The length of the prefix in bits.
    package let length: Int

    /// In the notation of RFC 4632 §3.1, such as `10.0.0.0/8`.
    package var description: String { "\(first)/\(length)" }

    /// Returns nil for an invalid address, a prefix that is too long, or bits set behind the prefix.
    package init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), let address = IPAddress(String(parts[0])) else { return nil }
        let width = address.isIPv4 ? 32 : 128
        guard let length = parts.count == 2 ? Int(parts[1]) : width, (0...width).contains(length) else { return nil }
        first = address
        self.length = length
        guard Self.prefix(address, length) == address.bytes else { return nil }
    }

    /// Whether the block contains an address; an IPv4-mapped address (`::ffff:192.0.2.1`) counts as the IPv4 address.
    package func contains(_ address: IPAddress) -> Bool {
        let address = address.unmapped
        guard address.isIPv4 == first.isIPv4 else { return false }
        return Self.prefix(address, length) == first.bytes
    }

    /// Returns the bytes of an address with all bits behind the prefix cleared.
    private static func prefix(_ address: IPAddress, _ length: Int) -> [UInt8] {
        address.bytes.enumerated().map { place, byte in
            let kept = max(0, min(8, length - 8 * place))
            return kept == 8 ? byte : byte & ~(0xFF >> UInt8(kept))
        }
    }

    /// Blocks in which no server of a public zone can be (RFC 6890): each network has its own hosts there.
    package static let notOfInternet: [AddressBlock] = [
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.168.0.0/16",
        "224.0.0.0/3", "::/127", "fc00::/7", "fe80::/10", "ff00::/8",
    ].compactMap(AddressBlock.init)
}

extension [AddressBlock] {
    /// Returns the block that contains an address; nil if none does.
    package func block(of address: IPAddress) -> AddressBlock? { first { $0.contains(address) } }
}
