import ArgumentParser
import DNSWire
import Foundation

/// Checks before anything is started whether another process has the port.
enum ListenerProbe {
    /// Ends with exit code 1 and a sentence when the port is taken; what cannot be tried is left to the listener.
    ///
    /// - Parameter option: how another one is chosen.
    static func require(host: String, port: Int, option: String) throws {
        guard port > 0, let number = UInt16(exactly: port), isTaken(host: host, port: number) else { return }
        let place = host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
        StandardError.print("\(place) is taken by another program; choose another port with \(option)")
        throw ExitCode.failure
    }

    private static func isTaken(host: String, port: UInt16) -> Bool {
        guard let address = IPAddress(host), address.isIPv4 else { return false }
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        var yes: Int32 = 1
        setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
        var place = sockaddr_in()
        place.sin_family = sa_family_t(AF_INET)
        place.sin_port = port.bigEndian
        guard inet_pton(AF_INET, host, &place.sin_addr) == 1 else { return false }
        let result = withUnsafePointer(to: &place) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        return result != 0 && errno == EADDRINUSE
    }
}
