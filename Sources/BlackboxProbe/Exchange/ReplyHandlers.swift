internal import NIOCore
internal import NIOSSL
internal import NIOTLS

/// Waits for one message with a length prefix; a wrong ID is a failure on a stream.
final class StreamReply: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let id: UInt16
    private let promise: EventLoopPromise<Reply>
    private var held = ByteBuffer()

    init(id: UInt16, promise: EventLoopPromise<Reply>) {
        self.id = id
        self.promise = promise
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var buffer = unwrapInboundIn(data)
        held.writeBuffer(&buffer)
        guard let message = held.getLengthPrefixedSlice(at: held.readerIndex, as: UInt16.self) else { return }
        do throws(ReplyFault) {
            let reply = try Reply(Array(message.readableBytesView))
            if reply.id == id {
                promise.succeed(reply)
            } else {
                promise.fail(QueryExchange.Failure(description: "dns: id mismatch"))
            }
        } catch {
            promise.fail(error)
        }
        context.close(promise: nil)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        promise.fail(error)
        context.close(promise: nil)
    }

    func channelInactive(context: ChannelHandlerContext) { promise.fail(QueryExchange.Failure(description: "EOF")) }
}

/// Reports when the TLS handshake with the intended server is done, or has failed.
final class HandshakeWatch: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let identity: TLSIdentity
    private let promise: EventLoopPromise<Void>

    init(identity: TLSIdentity, promise: EventLoopPromise<Void>) {
        self.identity = identity
        self.promise = promise
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case .handshakeCompleted? = event as? TLSUserEvent {
            let certificate = try? context.pipeline.syncOperations.nioSSL_peerCertificate()
            if identity.accepts(certificate) {
                promise.succeed()
            } else {
                promise.fail(QueryExchange.Failure(description: "x509: certificate is not valid for the server's name"))
            }
        }
        context.fireUserInboundEventTriggered(event)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        promise.fail(error)
        context.fireErrorCaught(error)
    }

    func channelInactive(context: ChannelHandlerContext) {
        promise.fail(QueryExchange.Failure(description: "EOF"))
        context.fireChannelInactive()
    }
}
