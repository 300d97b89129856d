import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import NIOSSL

/// Sets up a connection: checks whether there is room for it, then adds TLS as configured at this moment, then HTTP.
struct ListenerChannel: ServerChildChannel {
    struct NoRoom: Error {}

    let base: HTTP1Channel
    let access: AccessControl
    let admission: Admission

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<HTTP1Channel.Value> {
        let access = access.current
        let isTrusted = access.gate.trustsProxy(channel.remoteAddress?.ipAddress ?? "")
        guard admission.enter(channel, fromTrustedProxy: isTrusted) else {
            channel.close(promise: nil)
            return channel.eventLoop.makeFailedFuture(NoRoom())
        }
        do {
            if let tls = access.tls {
                try channel.pipeline.syncOperations.addHandler(Self.handler(tls, access.terms?.allowedNames ?? []))
            }
        } catch {
            channel.close(promise: nil)
            return channel.eventLoop.makeFailedFuture(error)
        }
        return base.setup(channel: channel, logger: logger)
    }

    private static func handler(_ context: NIOSSLContext, _ allowedNames: [String]) -> NIOSSLServerHandler {
        guard !allowedNames.isEmpty else { return NIOSSLServerHandler(context: context) }
        let allowed = Set(allowedNames)
        return ._makeSSLServerHandler(context: context) { certificate, channel in
            guard certificate.alternativeNames.contains(where: allowed.contains) else {
                return channel.eventLoop.makeFailedFuture(NIOSSLError.unableToValidateCertificate)
            }
            return channel.eventLoop.makeSucceededVoidFuture()
        }
    }

    func handle(value: HTTP1Channel.Value, logger: Logger) async {
        await base.handle(value: value, logger: logger)
    }
}
