import Glibc
import NIOCore
import NIOPosix

/// Why a connection failed, in words for people.
package enum ConnectionFailure {
    /// What the system says of it: `Connection refused`, and not where in the libraries it came up.
    ///
    /// Where a host has several addresses, of the first one that was tried. The address itself is not named: it may hold a
    /// secret.
    package static func reason(_ error: any Error) -> String {
        switch error {
        case let connection as NIOConnectionError:
            connection.connectionErrors.first.map { reason($0.error) } ?? "the host name is not found"
        case let system as IOError: String(cString: strerror(system.errnoCode))
        case ChannelError.connectTimeout: "no connection in time"
        default: "\(error)"
        }
    }
}
