import DNSWire
import Glibc
import NIOPosix

/// Addresses of host names, from the system.
enum HostAddresses {
    static func of(_ host: String) async -> [IPAddress] {
        if let address = IPAddress(host) { return [address] }
        return (try? await NIOThreadPool.singleton.runIfActive { Self.resolved(host) }) ?? []
    }

    private static func resolved(_ host: String) -> [IPAddress] {
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var list: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(host, nil, &hints, &list) == 0 else { return [] }
        defer { freeaddrinfo(list) }
        var addresses: [IPAddress] = []
        var entry = list
        while let current = entry {
            var text = [CChar](repeating: 0, count: Int(NI_MAXHOST))
            let status = getnameinfo(
                current.pointee.ai_addr, current.pointee.ai_addrlen, &text, socklen_t(text.count), nil, 0,
                NI_NUMERICHOST)
            let bytes = text.prefix { $0 != 0 && $0 != CChar(UInt8(ascii: "%")) }.map { UInt8(bitPattern: $0) }
            if status == 0, let address = IPAddress(String(decoding: bytes, as: UTF8.self)) {
                addresses.append(address)
            }
            entry = current.pointee.ai_next
        }
        return addresses
    }

    /// Loopback, private, link-local, shared and reserved blocks (RFC 6890).
    static func isPrivate(_ address: IPAddress) -> Bool {
        let bytes = address.unmapped.bytes
        if bytes.count == 4 {
            switch (bytes[0], bytes[1]) {
            case (0, _), (10, _), (127, _), (169, 254), (192, 168), (224..., _): return true
            case (100, 64...127), (172, 16...31), (198, 18...19): return true
            default: return false
            }
        }
        return bytes[0] & 0xE0 != 0x20
    }
}
