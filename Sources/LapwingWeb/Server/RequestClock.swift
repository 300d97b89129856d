import HTTPTypes
import Hummingbird
import NIOCore
import NIOHTTPTypes

/// Closes connections whose client takes too long to send a request, and those that are not to be kept.
final class RequestClock: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    /// From the start of the connection, including TLS, to the end of the first request's headers.
    private static let headerLimit = TimeAmount.seconds(10)
    /// From the headers to the end of the body, which is at most 64 KB.
    private static let bodyLimit = TimeAmount.seconds(30)

    private let admission: Admission
    private var deadline: Scheduled<Void>?
    private var requests = 0
    private var isReading = false
    /// Whether the connection ends as soon as the request has been read completely.
    private var isEnding = false

    init(_ admission: Admission) { self.admission = admission }

    func handlerAdded(context: ChannelHandlerContext) { start(Self.headerLimit, context) }

    func handlerRemoved(context: ChannelHandlerContext) { deadline?.cancel() }

    func channelInactive(context: ChannelHandlerContext) {
        deadline?.cancel()
        context.fireChannelInactive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head:
            requests += 1
            isReading = true
            admission.ask(context.channel)
            start(Self.bodyLimit, context)
        case .body: break
        case .end:
            isReading = false
            deadline?.cancel()
            if isEnding { context.close(promise: nil) }
        }
        context.fireChannelRead(data)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        switch unwrapOutboundIn(data) {
        case .head(var head) where !admission.isKept(context.channel):
            head.headerFields[.connection] = "close"
            context.write(wrapOutboundOut(.head(head)), promise: promise)
        case .end:
            requests -= 1
            if requests == 0 { admission.rest(context.channel) }
            guard !admission.isKept(context.channel) else {
                context.write(data, promise: promise)
                return
            }
            context.writeAndFlush(data, promise: promise)
            // Closing while data is still arriving would discard the response before the client reads it.
            if isReading { isEnding = true } else { context.close(promise: nil) }
        default: context.write(data, promise: promise)
        }
    }

    private func start(_ limit: TimeAmount, _ context: ChannelHandlerContext) {
        deadline?.cancel()
        let channel = context.channel
        deadline = context.eventLoop.scheduleTask(in: limit) { channel.close(promise: nil) }
    }
}

@available(*, unavailable)
extension RequestClock: Sendable {}
