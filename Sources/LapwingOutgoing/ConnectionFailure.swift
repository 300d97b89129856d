import Glibc
import NIOCore
import NIOPosix

/// Describes why a connection failed.
package enum ConnectionFailure {
    /// Returns the system's message, such as `Connection refused`, without details of the libraries.
    ///
    /// If a host has several addresses, the message is that of the first attempt. The address itself is omitted, since
    /// it may contain a secret.
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
