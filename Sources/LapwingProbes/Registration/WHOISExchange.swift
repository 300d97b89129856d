import DNSWire
import LapwingOutgoing
import NIOCore
import NIOPosix

/// One query on port 43 (RFC 3912): sends a line, and reads until the server closes the connection.
struct WHOISExchange: Sendable {
    static let byteLimit = 256 * 1024

    let group: any EventLoopGroup
    let reach: RegistryReach

    /// Returns the bytes of the response, cut at the limit.
    ///
    /// - Parameter server: a host name or address, with `:port` if it is not 43.
    func ask(_ query: String, at server: String) async throws(LookupFailure) -> [UInt8] {
        guard let endpoint = RegistryEndpoint(server, defaultPort: 43) else {
            throw .unreachable("bad address \(server)")
        }
        var failure = LookupFailure.noServer
        for address in try await reach.addresses(of: endpoint) {
            do {
                let channel = try await connect(to: address, port: endpoint.port)
                return try await Self.answer(query, over: channel)
            } catch {
                if Task.isCancelled || error is CancellationError { throw .timeout }
                failure = .unreachable(ConnectionFailure.reason(error))
            }
        }
        throw failure
    }

    private func connect(
        to address: IPAddress, port: Int
    ) async throws -> NIOAsyncChannel<ByteBuffer, ByteBuffer> {
        let place = try SocketAddress(packedIPAddress: ByteBuffer(bytes: address.bytes), port: port)
        let attempt = ConnectionAttempt()
        return try await withTaskCancellationHandler {
            try await ClientBootstrap(group: group).connectTimeout(.seconds(8)).channelInitializer { channel in
                attempt.hold(channel)
                return channel.eventLoop.makeSucceededVoidFuture()
            }.connect(to: place) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                }
            }
        } onCancel: {
            attempt.giveUp()
        }
    }

    private static func answer(
        _ query: String, over channel: NIOAsyncChannel<ByteBuffer, ByteBuffer>
    ) async throws -> [UInt8] {
        try await channel.executeThenClose { inbound, outbound in
            try await outbound.write(ByteBuffer(string: query))
            var answer: [UInt8] = []
            for try await buffer in inbound {
                answer.append(contentsOf: buffer.readableBytesView.prefix(byteLimit - answer.count))
                if answer.count >= byteLimit { break }
            }
            return answer
        }
    }
}
