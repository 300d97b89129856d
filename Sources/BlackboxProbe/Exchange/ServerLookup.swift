internal import NIOCore
internal import NIOPosix
#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// Finds a server's addresses with the system's resolver.
enum ServerLookup {
    struct Failure: Error, CustomStringConvertible {
        var description: String
    }

    /// All addresses in the system's order; gives up after `limit`.
    static func addresses(of host: String, limit: TimeAmount) async throws(Failure) -> [HostAddress] {
        if let literal = HostAddress(host) { return [literal] }
        let missing = Failure(description: "lookup \(host): no such host")
        // The system takes `127.1` for an address; the prober never did.
        let last = host.split(separator: ".").last ?? ""
        if host.isEmpty || host.contains("\0") || last.allSatisfy(\.isNumber) { throw missing }
        if limit <= .nanoseconds(0) { throw Failure(description: "lookup \(host): i/o timeout") }
        let loop = MultiThreadedEventLoopGroup.singleton.any()
        let promise = loop.makePromise(of: [HostAddress].self)
        let settled = NIOLoopBoundBox.makeBoxSendingValue(false, eventLoop: loop)
        let deadline = loop.scheduleTask(in: limit) {
            if !settled.value {
                settled.value = true
                promise.fail(Failure(description: "lookup \(host): i/o timeout"))
            }
        }
        NIOThreadPool.singleton.submit { _ in
            let found = systemAddresses(host)
            loop.execute {
                deadline.cancel()
                if !settled.value {
                    settled.value = true
                    promise.succeed(found)
                }
            }
        }
        do {
            let found = try await promise.futureResult.get()
            if found.isEmpty { throw missing }
            return found
        } catch {
            throw error as? Failure ?? missing
        }
    }

    /// The number of a port: 0 for no text, otherwise a number or a service name.
    static func port(_ text: String, overTCP: Bool) -> UInt16? {
        if text.isEmpty { return 0 }
        if let number = Int(text) { return UInt16(exactly: number) }
        guard let service = getservbyname(text, overTCP ? "tcp" : "udp") else { return nil }
        return UInt16(truncatingIfNeeded: service.pointee.s_port).byteSwapped
    }

    private static func systemAddresses(_ host: String) -> [HostAddress] {
        var hints = addrinfo()
        hints.ai_family = AF_UNSPEC
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var list: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(host, nil, &hints, &list) == 0 else { return [] }
        defer { freeaddrinfo(list) }
        var addresses: [HostAddress] = []
        var next = list
        while let item = next?.pointee {
            var text = [CChar](repeating: 0, count: 128)
            let size = socklen_t(text.count)
            if getnameinfo(item.ai_addr, item.ai_addrlen, &text, size, nil, 0, NI_NUMERICHOST) == 0 {
                let bytes = text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
                if let address = HostAddress(String(decoding: bytes, as: UTF8.self)) { addresses.append(address) }
            }
            next = item.ai_next
        }
        return addresses
    }
}
