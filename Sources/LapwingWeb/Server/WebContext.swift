import Hummingbird
import Logging
import NIOCore

/// What is known of a request beside its bytes: where it comes from.
struct WebContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    let channel: any Channel
    var visit = Visit()
    /// Who may come in, as it was when the request came.
    var access: Access?
    /// The name by which we were called.
    var authority: Authority?

    init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        channel = source.channel
    }

    /// Who waits for the answer; nil where the connection cannot tell.
    func presence() async -> ClientPresence? {
        try? await channel.pipeline.handler(type: ClientPresence.self).get()
    }

    /// The other side's address as text, without a port.
    var peerAddress: String { channel.remoteAddress?.ipAddress ?? "" }

    /// The address of this machine to which the connection goes, without a port.
    var ownAddress: String? { channel.localAddress?.ipAddress }

    var isLoopback: Bool {
        let address = peerAddress
        return address == "::1" || address.hasPrefix("127.") || address.hasPrefix("::ffff:127.")
    }
}
