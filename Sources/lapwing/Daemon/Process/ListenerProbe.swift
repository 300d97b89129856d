import ArgumentParser
import DNSWire
import Foundation

/// Checks before the start whether the address can be listened on.
enum ListenerProbe {
    /// Exits with code 1 and a message if it cannot. Cases that cannot be checked are left to the listener.
    ///
    /// - Parameter option: the option that selects another address.
    static func require(host: String, port: Int, option: String) throws {
        guard port > 0, let number = UInt16(exactly: port), let fault = fault(host: host, port: number) else { return }
        let place = host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
        switch fault {
        case EADDRINUSE:
            StandardError.print("\(place) is in use by another program; choose another port with \(option)")
        case EACCES:
            StandardError.print(
                "\(place): this account may not listen there; choose a port from 1024 on with \(option), or give the program "
                    + "CAP_NET_BIND_SERVICE")
        case EADDRNOTAVAIL:
            StandardError.print("\(place): this machine has no such address; choose another one with \(option)")
        default: return
        }
        throw ExitCode.failure
    }

    /// Returns the error number; nil if there is none, or if the check is not possible.
    private static func fault(host: String, port: UInt16) -> Int32? {
        guard let address = IPAddress(host), address.isIPv4 else { return nil }
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var yes: Int32 = 1
        setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
        var place = sockaddr_in()
        place.sin_family = sa_family_t(AF_INET)
        place.sin_port = port.bigEndian
        guard inet_pton(AF_INET, host, &place.sin_addr) == 1 else { return nil }
        let result = withUnsafePointer(to: &place) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        return result != 0 ? errno : nil
    }
}
