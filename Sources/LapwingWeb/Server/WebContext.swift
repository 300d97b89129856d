import Hummingbird
import Logging
import NIOCore

/// The origin of a request and the access rules that apply to it.
struct WebContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    /// Nil for a request without a connection.
    let channel: (any Channel)?
    var visit = Visit()
    /// The access rules in force when the request arrived.
    var access: Access?
    /// The host and port in the `Host` header.
    var authority: Authority?

    init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        channel = source.channel
        peerAddress = source.channel.remoteAddress?.ipAddress ?? ""
    }

    /// Makes the context of a request without a connection, from a client with this address.
    init(from peer: String, log: Logger) {
        coreContext = CoreRequestContextStorage(source: LogAlone(logger: log))
        channel = nil
        peerAddress = peer
    }

    private struct LogAlone: RequestContextSource {
        var logger: Logger
    }

    /// Reports when the client has gone; nil if the connection cannot tell.
    func presence() async -> ClientPresence? {
        try? await channel?.pipeline.handler(type: ClientPresence.self).get()
    }

    /// The address of the peer as text, without a port.
    let peerAddress: String

    /// The local address of the connection, without a port.
    var ownAddress: String? { channel?.localAddress?.ipAddress }

    var isLoopback: Bool {
        let address = peerAddress
        return address == "::1" || address.hasPrefix("127.") || address.hasPrefix("::ffff:127.")
    }
}
