package import DNSWire
package import NIOCore
import NIOPosix

/// A dedicated TCP connection on which one query may have many response messages, as in zone transfers (RFC 5936 §4.1).
/// Unread data stays with the sender.
package struct MessageStream {
    /// The time limits in seconds.
    package struct Patience: Sendable {
        /// For establishing the connection.
        package var connecting: Int64 = 5
        /// From one message to the next.
        package var silence: Int64 = 10
        /// For the whole exchange.
        package var whole: Int64 = 120

        package init() {}
    }

    private var inbound: NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator
    private let outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>
    /// The number of received bytes in messages.
    package private(set) var received = 0

    /// Connects, runs the body, and closes the connection; throws an ``ExchangeFailure``, or the error of the body.
    package static func open<Result: Sendable>(
        to server: ServerAddress, _ patience: Patience = Patience(),
        _ body: @Sendable (inout MessageStream) async throws -> Result
    ) async throws -> Result {
        guard let address = server.address else { throw ExchangeFailure.unusableAddress(server.description) }
        let channel: NIOAsyncChannel<ByteBuffer, ByteBuffer>
        do {
            let place = try SocketAddress(packedIPAddress: ByteBuffer(bytes: address.bytes), port: Int(server.port))
            channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .connectTimeout(.seconds(patience.connecting))
                .channelOption(.tcpOption(.tcp_nodelay), value: 1)
                .connect(to: place) { channel in
                    channel.eventLoop.makeCompletedFuture {
                        try channel.pipeline.syncOperations.addHandlers([
                            PatienceHandler(patience), ByteToMessageHandler(MessageFrames()),
                        ])
                        return try NIOAsyncChannel(
                            wrappingChannelSynchronously: channel,
                            configuration: .init(backPressureStrategy: .init(lowWatermark: 1, highWatermark: 4)))
                    }
                }
        } catch {
            throw ExchangeFailure(streamError: error)
        }
        return try await channel.executeThenClose { inbound, outbound in
            var stream = MessageStream(inbound: inbound.makeAsyncIterator(), outbound: outbound)
            return try await body(&stream)
        }
    }

    private init(
        inbound: NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator,
        outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>
    ) {
        self.inbound = inbound
        self.outbound = outbound
    }

    /// Sends a message; throws `ExchangeFailure` if the connection fails.
    package func send(_ message: [UInt8]) async throws {
        var buffer = ByteBuffer()
        buffer.writeInteger(UInt16(truncatingIfNeeded: message.count))
        buffer.writeBytes(message)
        do {
            try await outbound.write(buffer)
        } catch {
            throw ExchangeFailure(streamError: error)
        }
    }

    /// Returns the next message; throws if there is none.
    package mutating func next() async throws -> [UInt8] {
        do {
            guard let message = try await inbound.next(isolation: #isolation) else { throw ExchangeFailure.closed }
            received += message.readableBytes
            return Array(message.readableBytesView)
        } catch {
            throw ExchangeFailure(streamError: error)
        }
    }
}
