internal import LapwingOutgoing
internal import NIOCore
internal import Synchronization
#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// Resolves a server's name with the system's resolver.
package enum TargetLookup {
    struct Failure: Error, CustomStringConvertible {
        var description: String
    }

    /// The look-ups of all probes. In an outage of name servers each may continue for up to a minute after its probe
    /// has ended.
    private static let lookups = HostLookups(threads: 32, waiting: 512)

    /// Returns all addresses in the system's order; throws after `limit`, and at once if the task is cancelled.
    static func addresses(of host: String, limit: TimeAmount) async throws(Failure) -> [HostAddress] {
        if var literal = HostAddress(host) {
            literal.isMapped = false
            return [literal]
        }
        let missing = Failure(description: "lookup \(host): no such host")
        if host.isEmpty { throw missing }
        let known = HostsFile.addresses(of: host)
        if !known.isEmpty { return known }
        guard HostName.isDomainName(host) else { throw missing }
        do throws(HostLookups.Failure) {
            // The system would parse the text as an address; a trailing dot makes it a name.
            let name = inet_aton(host, nil) != 0 ? host + "." : host
            let found = try await lookups.addresses(of: name, limit: .nanoseconds(limit.nanoseconds))
            return found.compactMap(HostAddress.init)
        } catch {
            switch error {
            case .notFound: throw missing
            case .timeout: throw Failure(description: "lookup \(host): i/o timeout")
            case .cancelled: throw Failure(description: "lookup \(host): operation was canceled")
            case .busy: throw Failure(description: "lookup \(host): too many look-ups are under way")
            }
        }
    }

    /// Returns the port number: 0 for an empty text, otherwise a number, which may have a sign, or a service name in
    /// any case. Nil if it is none of these.
    package static func port(_ text: String, overTCP: Bool) -> UInt16? {
        let digits = text.first == "+" || text.first == "-" ? text.dropFirst() : text[...]
        if digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
            let number = digits.isEmpty ? 0 : Int(digits)
            return number.flatMap { UInt16(exactly: text.first == "-" ? -$0 : $0) }
        }
        let name = text.lowercased()
        // Known even if the system has no list of services.
        return service(name, overTCP ? "tcp" : "udp") ?? (name == "domain" ? 53 : nil)
    }

    /// On some systems all threads share one table of services.
    private static let services = Mutex(())

    /// Returns the port of a service in the system's list; thread-safe.
    private static func service(_ name: String, _ transport: String) -> UInt16? {
        #if canImport(Glibc)
            var entry = servent()
            var found: UnsafeMutablePointer<servent>?
            return withUnsafeTemporaryAllocation(of: CChar.self, capacity: 4096) { buffer in
                getservbyname_r(name, transport, &entry, buffer.baseAddress, buffer.count, &found)
                return found.map { UInt16(truncatingIfNeeded: $0.pointee.s_port).byteSwapped }
            }
        #else
            return services.withLock { _ in
                getservbyname(name, transport).map { UInt16(truncatingIfNeeded: $0.pointee.s_port).byteSwapped }
            }
        #endif
    }
}
