import Dispatch
import Glibc
import LapwingCore

/// Sends bytes to a log collector, as a datagram or a stream.
enum LogSocket {
    private static let queue = DispatchQueue(label: "lapwing.syslog", attributes: .concurrent)
    /// The time limit for connecting and for writing, in seconds.
    private static let timeout = 10

    /// - Returns: the error; nil if the bytes were accepted.
    static func send(_ bytes: [UInt8], to collector: Channel.SyslogCollector) async -> String? {
        // Resolving a name and connecting block, so they use a thread for which no other task waits.
        await withCheckedContinuation { continuation in
            queue.async {
                continuation.resume(
                    returning: collector.transport == .unix
                        ? toPath(collector.host, bytes) : toHost(collector, bytes))
            }
        }
    }

    private static func toPath(_ path: String, _ bytes: [UInt8]) -> String? {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let room = MemoryLayout.size(ofValue: address.sun_path)
        guard path.utf8.count < room else { return "the path is too long" }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                exchange(AF_UNIX, SOCK_DGRAM, $0, socklen_t(MemoryLayout<sockaddr_un>.size), bytes)
            }
        }
    }

    private static func toHost(_ collector: Channel.SyslogCollector, _ bytes: [UInt8]) -> String? {
        var hints = addrinfo()
        hints.ai_socktype = Int32(
            collector.transport == .tcp ? SOCK_STREAM.rawValue : SOCK_DGRAM.rawValue)
        var found: UnsafeMutablePointer<addrinfo>?
        let code = getaddrinfo(collector.host, "\(collector.port)", &hints, &found)
        guard code == 0 else { return "\(collector.host): \(String(cString: gai_strerror(code)))" }
        defer { freeaddrinfo(found) }
        var fault: String? = "no address"
        var next = found
        while let entry = next?.pointee {
            let type = collector.transport == .tcp ? SOCK_STREAM : SOCK_DGRAM
            fault = entry.ai_addr.flatMap { exchange(entry.ai_family, type, $0, entry.ai_addrlen, bytes) }
            guard fault != nil else { return nil }
            next = entry.ai_next
        }
        return fault
    }

    private static func exchange(
        _ family: Int32, _ type: __socket_type, _ address: UnsafePointer<sockaddr>, _ length: socklen_t,
        _ bytes: [UInt8]
    ) -> String? {
        let descriptor = socket(family, Int32(type.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { return reason() }
        defer { close(descriptor) }
        // On Linux it limits connecting too.
        var limit = timeval(tv_sec: timeout, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        guard connect(descriptor, address, length) == 0 else { return reason() }
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes {
                Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return reason() }
            sent += count
        }
        return nil
    }

    private static func reason() -> String { String(cString: strerror(errno)) }
}
