import DNSWire
import NIOCore
import NIOPosix
import NIOSSL

/// One TCP connection to a server, with or without TLS.
struct StreamConnection: Sendable {
    let channel: any Channel
    private let handler: NIOLoopBound<PipelineHandler>

    /// Connects; fails with an error of the system, of NIO or of TLS.
    static func open(
        to key: StreamKey, tls: TLSSettings, group: any EventLoopGroup, deadline: NIODeadline, idleTime: TimeAmount
    ) -> EventLoopFuture<StreamConnection> {
        let address: SocketAddress
        do {
            address = try SocketAddress(
                packedIPAddress: ByteBuffer(bytes: key.endpoint.address.bytes), port: Int(key.endpoint.port))
        } catch {
            return group.any().makeFailedFuture(error)
        }
        return ClientBootstrap(group: group)
            .connectTimeout(max(deadline - .now(), .milliseconds(1)))
            .channelOption(.tcpOption(.tcp_nodelay), value: 1)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    if key.isEncrypted {
                        try channel.pipeline.syncOperations.addHandler(tls.handler(for: key))
                    }
                    try channel.pipeline.syncOperations.addHandler(PipelineHandler(idleTime: idleTime))
                }
            }
            .connect(to: address)
            .flatMapThrowing { channel in
                let handler = try channel.pipeline.syncOperations.handler(type: PipelineHandler.self)
                return StreamConnection(
                    channel: channel, handler: NIOLoopBound(handler, eventLoop: channel.eventLoop))
            }
    }

    /// Sends a query, and fails with an `ExchangeFailure`; also returns whether the stream had received replies before.
    func ask(_ question: StreamQuestion) -> EventLoopFuture<(reply: Result<[UInt8], ExchangeFailure>, wasUsed: Bool)> {
        channel.eventLoop.flatSubmit { [handler] in
            let handler = handler.value
            let wasUsed = handler.replies > 0
            let promise = handler.promise(on: self.channel.eventLoop)
            handler.ask(question, promise: promise)
            return promise.futureResult
                .map { (reply: .success($0), wasUsed: wasUsed) }
                .recover { (reply: .failure(ExchangeFailure(streamError: $0)), wasUsed: wasUsed) }
        }
    }

    func close() {
        channel.close(promise: nil)
    }
}

extension PipelineHandler {
    func promise(on eventLoop: any EventLoop) -> EventLoopPromise<[UInt8]> {
        eventLoop.makePromise()
    }
}

/// Identifies a connection.
struct StreamKey: Hashable, Sendable {
    var endpoint: Endpoint
    var isEncrypted: Bool
    /// The name that the certificate must contain; nil for encryption without authentication.
    var serverName: String?
}
