package import NIOCore

/// Splits a stream into messages by the two-byte length before each (RFC 1035 §4.2.2).
package struct MessageFrames: ByteToMessageDecoder {
    package typealias InboundOut = ByteBuffer

    package init() {}

    package mutating func decode(context: ChannelHandlerContext, buffer: inout ByteBuffer) throws -> DecodingState {
        guard let length = buffer.getInteger(at: buffer.readerIndex, as: UInt16.self),
            buffer.readableBytes >= Int(length) + 2
        else { return .needMoreData }
        buffer.moveReaderIndex(forwardBy: 2)
        guard let message = buffer.readSlice(length: Int(length)) else { return .needMoreData }
        context.fireChannelRead(NIOAny(message))
        return .continue
    }

    package mutating func decodeLast(
        context: ChannelHandlerContext, buffer: inout ByteBuffer, seenEOF: Bool
    ) throws -> DecodingState {
        while try decode(context: context, buffer: &buffer) == .continue {}
        return .needMoreData
    }
}

/// Closes a connection that takes too long.
package final class PatienceHandler: ChannelInboundHandler {
    package typealias InboundIn = ByteBuffer
    package typealias InboundOut = ByteBuffer

    private let patience: MessageStream.Patience
    private var end: Scheduled<Void>?
    private var silence: Scheduled<Void>?

    package init(_ patience: MessageStream.Patience) { self.patience = patience }

    package func channelActive(context: ChannelHandlerContext) {
        end = giveUp(context, after: patience.whole)
        silence = giveUp(context, after: patience.silence)
        context.fireChannelActive()
    }

    package func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        silence?.cancel()
        silence = giveUp(context, after: patience.silence)
        context.fireChannelRead(data)
    }

    package func channelInactive(context: ChannelHandlerContext) {
        end?.cancel()
        silence?.cancel()
        context.fireChannelInactive()
    }

    private func giveUp(_ context: ChannelHandlerContext, after seconds: Int64) -> Scheduled<Void> {
        let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
        return context.eventLoop.scheduleTask(in: .seconds(seconds)) {
            bound.value.fireErrorCaught(ExchangeFailure.timeout)
            bound.value.close(promise: nil)
        }
    }
}
