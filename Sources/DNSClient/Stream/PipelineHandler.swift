import DNSWire
import NIOCore

/// Sends queries on one stream and matches replies to them in any order (RFC 7766, sections 6.2.1.1 and 7).
///
/// Used on the event loop of its channel. Closes the stream after some idle time.
final class PipelineHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    /// How long a stream without questions stays open.
    static let longestIdleTime = TimeAmount.seconds(10)
    /// The idle time if other questions wait for a connection.
    static let shortestIdleTime = TimeAmount.milliseconds(20)

    private struct Pending {
        var query: [UInt8]
        var questionEnd: Int
        var exactCase: Bool
        var promise: EventLoopPromise<[UInt8]>
        var timer: Scheduled<Void>
    }

    private var pending: [UInt16: Pending] = [:]
    private var received = ByteBuffer()
    private var context: ChannelHandlerContext?
    private let idleTime: TimeAmount
    private var idleTimer: Scheduled<Void>?
    private var failure: ExchangeFailure?
    private(set) var replies = 0

    /// - Parameter idleTime: how long the stream stays open without questions.
    init(idleTime: TimeAmount) { self.idleTime = idleTime }

    var isOpen: Bool { context != nil && failure == nil }
    var load: Int { pending.count }

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        self.context = nil
        failAll(failure ?? .closed)
    }

    /// Sends a query with an ID that is not in use on this stream.
    func ask(_ question: StreamQuestion, promise: EventLoopPromise<[UInt8]>) {
        guard let context, isOpen, context.channel.isActive, pending.count < 4096 else {
            return promise.fail(failure ?? .closed)
        }
        var id = UInt16.random(in: 0...UInt16.max)
        while pending[id] != nil { id &+= 1 }
        var query = question.bytes
        query[0] = UInt8(truncatingIfNeeded: id >> 8)
        query[1] = UInt8(truncatingIfNeeded: id)
        idleTimer?.cancel()
        idleTimer = nil
        let timer = context.eventLoop.assumeIsolated().scheduleTask(deadline: question.deadline) { [self] in
            finish(id, .failure(.timeout))
        }
        pending[id] = Pending(
            query: query, questionEnd: question.questionEnd, exactCase: question.exactCase, promise: promise,
            timer: timer)
        // Length and message in one write, as RFC 7766, section 8 recommends.
        var buffer = context.channel.allocator.buffer(capacity: query.count + 2)
        buffer.writeInteger(UInt16(query.count))
        buffer.writeBytes(query)
        context.writeAndFlush(NIOAny(buffer), promise: nil)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var buffer = unwrapInboundIn(data)
        received.writeBuffer(&buffer)
        while let length = received.getInteger(at: received.readerIndex, as: UInt16.self),
            received.readableBytes >= Int(length) + 2
        {
            received.moveReaderIndex(forwardBy: 2)
            if let message = received.readBytes(length: Int(length)) { deliver(message) }
        }
        received.discardReadBytes()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        failure = ExchangeFailure(streamError: error)
        failAll(failure ?? .closed)
        context.close(promise: nil)
    }

    func channelInactive(context: ChannelHandlerContext) {
        let cut = received.readableBytes > 0 ? WireError(.truncated, at: received.readableBytes) : nil
        failure = failure ?? cut.map(ExchangeFailure.malformed) ?? .closed
        failAll(failure ?? .closed)
        context.fireChannelInactive()
    }

    // MARK: - Replies

    private func deliver(_ message: [UInt8]) {
        guard message.count >= 12, let entry = pending[UInt16(message[0]) << 8 | UInt16(message[1])] else { return }
        let verdict = message.withUnsafeBytes { reply in
            entry.query.withUnsafeBytes { query in
                QuestionCheck.verdict(
                    reply: reply, query: query, questionEnd: entry.questionEnd, exactCase: entry.exactCase)
            }
        }
        guard verdict == .answers else { return }
        replies += 1
        finish(UInt16(message[0]) << 8 | UInt16(message[1]), .success(message))
    }

    private func finish(_ id: UInt16, _ result: Result<[UInt8], ExchangeFailure>) {
        guard let entry = pending.removeValue(forKey: id) else { return }
        entry.timer.cancel()
        if pending.isEmpty { closeWhenIdle() }
        entry.promise.completeWith(result.mapError { $0 as any Error })
    }

    private func failAll(_ failure: ExchangeFailure) {
        idleTimer?.cancel()
        for id in Array(pending.keys) { finish(id, .failure(failure)) }
    }

    private func closeWhenIdle() {
        guard let context, isOpen else { return }
        idleTimer = context.eventLoop.assumeIsolated().scheduleTask(in: idleTime) { [self] in
            self.context?.close(promise: nil)
        }
    }
}

/// A query for a stream, without its length and with any ID.
struct StreamQuestion: Sendable {
    var bytes: [UInt8]
    /// The end of the question section, in bytes from the start of the query.
    var questionEnd: Int
    var exactCase: Bool
    var deadline: NIODeadline
}
