import Hummingbird
import Logging
import NIOCore

/// What is known of a request beside its bytes: where it comes from.
struct WebContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    let peer: SocketAddress?

    init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        peer = source.channel.remoteAddress
    }

    /// The other side's address as text, without a port.
    var peerAddress: String { peer?.ipAddress ?? "" }

    var isLoopback: Bool {
        let address = peerAddress
        return address == "::1" || address.hasPrefix("127.") || address.hasPrefix("::ffff:127.")
    }
}
