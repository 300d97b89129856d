import Hummingbird
import Logging
import NIOCore

/// What is known of a request beside its bytes: where it comes from.
struct WebContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    /// Nil for what comes by no connection.
    let channel: (any Channel)?
    var visit = Visit()
    /// Who may come in, as it was when the request came.
    var access: Access?
    /// The name by which we were called.
    var authority: Authority?

    init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        channel = source.channel
        peerAddress = source.channel.remoteAddress?.ipAddress ?? ""
    }

    /// What comes by no connection, from somebody with this address.
    init(from peer: String, log: Logger) {
        coreContext = CoreRequestContextStorage(source: LogAlone(logger: log))
        channel = nil
        peerAddress = peer
    }

    private struct LogAlone: RequestContextSource {
        var logger: Logger
    }

    /// Who waits for the answer; nil where the connection cannot tell.
    func presence() async -> ClientPresence? {
        try? await channel?.pipeline.handler(type: ClientPresence.self).get()
    }

    /// The other side's address as text, without a port.
    let peerAddress: String

    /// The address of this machine to which the connection goes, without a port.
    var ownAddress: String? { channel?.localAddress?.ipAddress }

    var isLoopback: Bool {
        let address = peerAddress
        return address == "::1" || address.hasPrefix("127.") || address.hasPrefix("::ffff:127.")
    }
}
