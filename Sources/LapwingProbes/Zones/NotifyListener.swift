import DNSClient
package import DNSWire
import NIOCore
import NIOPosix
import Synchronization

/// Listens on UDP and TCP for messages with one response each, such as NOTIFY (RFC 1996).
package final class NotifyListener: Sendable {
    private enum Limit {
        /// The largest number of messages that are processed in one second; further ones are dropped, and are sent
        /// again.
        static let messages = 500
        /// The largest number of open TCP connections; further ones are closed.
        static let connections = 64
    }

    /// Returns the response to a message from an address; nil for none.
    package typealias Answering = @Sendable (_ message: [UInt8], _ sender: IPAddress) -> [UInt8]?

    private struct State {
        var second: Int64 = 0
        var messages = 0
        var connections = 0
        var channels: [any Channel] = []
        var isClosed = false
    }

    private let host: String
    private let port: Int
    private let answering: Answering
    private let state = Mutex(State())

    package init(host: String, port: Int, answering: @escaping Answering) {
        self.host = host
        self.port = port
        self.answering = answering
    }

    /// Listens until ``close()`` is called; throws if that is not possible.
    package func run() async throws {
        let group = MultiThreadedEventLoopGroup.singleton
        let datagrams = try await DatagramBootstrap(group: group)
            .channelOption(.socketOption(.so_reuseaddr), value: 1)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(DatagramAnswers(listener: self))
                }
            }
            .bind(host: host, port: port).get()
        keep(datagrams)
        let streams = try await ServerBootstrap(group: group)
            .serverChannelOption(.backlog, value: 64)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    guard self.admit(channel) else { throw ExchangeFailure.closed }
                    var patience = MessageStream.Patience()
                    patience.whole = 60
                    try channel.pipeline.syncOperations.addHandlers([
                        PatienceHandler(patience), ByteToMessageHandler(MessageFrames()),
                        StreamAnswers(listener: self),
                    ])
                }
            }
            .bind(host: host, port: datagrams.localAddress?.port ?? port).get()
        keep(streams)
        try? await datagrams.closeFuture.get()
        try? await streams.closeFuture.get()
    }

    /// Stops listening.
    package func close() {
        let channels = state.withLock { state in
            state.isClosed = true
            return state.channels
        }
        for channel in channels { channel.close(promise: nil) }
    }

    private func keep(_ channel: any Channel) {
        let isClosed = state.withLock { state in
            state.channels.append(channel)
            return state.isClosed
        }
        if isClosed { channel.close(promise: nil) }
    }

    private func admit(_ channel: any Channel) -> Bool {
        let hasRoom = state.withLock { state in
            guard state.connections < Limit.connections else { return false }
            state.connections += 1
            return true
        }
        if hasRoom { channel.closeFuture.whenComplete { _ in self.state.withLock { $0.connections -= 1 } } }
        return hasRoom
    }

    fileprivate func answer(_ message: ByteBuffer, from sender: SocketAddress?) -> ByteBuffer? {
        let second = Int64(NIODeadline.now().uptimeNanoseconds / 1_000_000_000)
        let isWithin = state.withLock { state in
            if state.second != second { (state.second, state.messages) = (second, 0) }
            state.messages += 1
            return state.messages <= Limit.messages
        }
        guard isWithin, let text = sender?.ipAddress, let address = IPAddress(text),
            let answer = answering(Array(message.readableBytesView), address.unmapped)
        else { return nil }
        return ByteBuffer(bytes: answer)
    }
}

private final class DatagramAnswers: ChannelInboundHandler {
    typealias InboundIn = AddressedEnvelope<ByteBuffer>
    typealias OutboundOut = AddressedEnvelope<ByteBuffer>

    private let listener: NotifyListener

    init(listener: NotifyListener) { self.listener = listener }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let envelope = unwrapInboundIn(data)
        guard let answer = listener.answer(envelope.data, from: envelope.remoteAddress) else { return }
        context.writeAndFlush(
            wrapOutboundOut(AddressedEnvelope(remoteAddress: envelope.remoteAddress, data: answer)), promise: nil)
    }

    // If a peer has closed its port, the socket reports an error; this must not end the listener.
    func errorCaught(context: ChannelHandlerContext, error: any Error) {}
}

private final class StreamAnswers: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let listener: NotifyListener

    init(listener: NotifyListener) { self.listener = listener }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard let answer = listener.answer(unwrapInboundIn(data), from: context.remoteAddress) else {
            context.close(promise: nil)
            return
        }
        var framed = context.channel.allocator.buffer(capacity: answer.readableBytes + 2)
        framed.writeInteger(UInt16(truncatingIfNeeded: answer.readableBytes))
        framed.writeImmutableBuffer(answer)
        context.writeAndFlush(wrapOutboundOut(framed), promise: nil)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
}
