internal import LapwingOutgoing
internal import NIOCore
internal import NIOPosix
internal import NIOSSL

/// Sends one query once and waits for one reply, without retries and without a change of transport.
struct QueryExchange {
    enum Transport { case udp, tcp, tls(TLSIdentity) }

    struct Failure: Error, CustomStringConvertible {
        var description: String

        static let cancelled = Failure(description: "operation was canceled")
    }

    struct Outcome {
        var result: Result<Reply, Failure>
        /// The time for establishing the connection in seconds; the whole time if that failed.
        var connect: Double
        /// The time from the connection to the reply in seconds.
        var request: Double
    }

    var query: QueryMessage
    var server: SocketAddress
    var source: SocketAddress?
    var transport: Transport
    /// The time limit for the connection, and again for the reply.
    var limit: TimeAmount
    /// The largest datagram; longer ones are truncated.
    var datagramSize = 512

    /// Ends at once if the task is cancelled.
    func run() async -> Outcome {
        if case .udp = transport { return await datagram() }
        let attempt = ConnectionAttempt()
        var outcome = await withTaskCancellationHandler {
            await stream(attempt)
        } onCancel: {
            attempt.giveUp()
        }
        if Task.isCancelled, case .failure = outcome.result { outcome.result = .failure(.cancelled) }
        return outcome
    }

    private func stream(_ attempt: ConnectionAttempt) async -> Outcome {
        let start = NIODeadline.now()
        let loop = MultiThreadedEventLoopGroup.singleton.next()
        let promise = loop.makePromise(of: Reply.self)
        let channel: any Channel
        do {
            guard limit > .nanoseconds(0) else { throw Failure(description: "i/o timeout") }
            channel = try await connect(loop, promise, attempt)
        } catch {
            promise.fail(error)
            _ = try? await promise.futureResult.get()
            return Outcome(result: .failure(Self.failure(error)), connect: Self.seconds(since: start), request: 0)
        }
        let connect = Self.seconds(since: start)
        let sent = NIODeadline.now()
        let deadline = loop.scheduleTask(in: limit) { promise.fail(Failure(description: "read: i/o timeout")) }
        send(on: channel).cascadeFailure(to: promise)
        let result: Result<Reply, Failure>
        do {
            result = .success(try await promise.futureResult.get())
        } catch {
            result = .failure(Self.failure(error))
        }
        deadline.cancel()
        let request = Self.seconds(since: sent)
        channel.close(promise: nil)
        return Outcome(result: result, connect: connect, request: request)
    }

    private func datagram() async -> Outcome {
        let start = NIODeadline.now()
        guard limit > .nanoseconds(0) else {
            return Outcome(
                result: .failure(Failure(description: "i/o timeout")), connect: Self.seconds(since: start), request: 0)
        }
        let descriptor: Int32
        do throws(Failure) {
            descriptor = try DatagramExchange.open(server, from: source)
        } catch {
            return Outcome(result: .failure(error), connect: Self.seconds(since: start), request: 0)
        }
        let sent = NIODeadline.now()
        let result = await DatagramExchange.shared.run(
            query, over: descriptor, size: datagramSize, deadline: sent + limit)
        return Outcome(
            result: result, connect: Double((sent - start).nanoseconds) / 1e9, request: Self.seconds(since: sent))
    }

    private func connect(
        _ loop: any EventLoop, _ promise: EventLoopPromise<Reply>, _ attempt: ConnectionAttempt
    ) async throws -> any Channel {
        let id = query.id
        switch transport {
        case .udp: throw Failure(description: "no stream")
        case .tcp:
            return try await stream(loop).channelInitializer { channel in
                attempt.hold(channel)
                return channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(StreamReply(id: id, promise: promise))
                }
            }.connect(to: server).get()
        case .tls(let identity):
            let ready = loop.makePromise(of: Void.self)
            let deadline = loop.scheduleTask(in: limit) { ready.fail(Failure(description: "TLS handshake timeout")) }
            defer { deadline.cancel() }
            do {
                let channel = try await stream(loop).channelInitializer { channel in
                    attempt.hold(channel)
                    return channel.eventLoop.makeCompletedFuture {
                        let pipeline = channel.pipeline.syncOperations
                        try pipeline.addHandler(
                            try NIOSSLClientHandler(
                                context: identity.context, serverHostname: identity.indication))
                        try pipeline.addHandler(HandshakeWatch(identity: identity, promise: ready))
                        try pipeline.addHandler(StreamReply(id: id, promise: promise))
                    }
                }.connect(to: server).get()
                do {
                    try await ready.futureResult.get()
                } catch {
                    channel.close(promise: nil)
                    throw error
                }
                return channel
            } catch {
                ready.fail(error)
                throw error
            }
        }
    }

    private func stream(_ loop: any EventLoop) -> ClientBootstrap {
        let bootstrap = ClientBootstrap(group: loop).connectTimeout(limit)
        return source.map { bootstrap.bind(to: $0) } ?? bootstrap
    }

    private func send(on channel: any Channel) -> EventLoopFuture<Void> {
        var buffer = ByteBuffer()
        buffer.writeInteger(UInt16(query.bytes.count))
        buffer.writeBytes(query.bytes)
        return channel.writeAndFlush(buffer)
    }

    private static func failure(_ error: any Error) -> Failure {
        switch error {
        case let failure as Failure: failure
        case let fault as ReplyFault: Failure(description: "dns: bad reply: \(fault)")
        case is ChannelError: Failure(description: "i/o timeout or closed connection: \(error)")
        default: Failure(description: "\(error)")
        }
    }

    private static func seconds(since start: NIODeadline) -> Double {
        Double((NIODeadline.now() - start).nanoseconds) / 1e9
    }
}
