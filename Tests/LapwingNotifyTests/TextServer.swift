import NIOCore
import NIOPosix
import Synchronization

/// A server on loopback that answers by a script and notes what it was told.
final class TextServer: Sendable {
    private let heard = Mutex("")
    private let channel: any Channel

    var port: Int { channel.localAddress?.port ?? 0 }
    /// All that clients have sent.
    var text: String { heard.withLock(\.self) }

    /// - Parameters:
    ///   - greeting: sent to each client that connects.
    ///   - answer: what is sent for a piece of text that came; nil closes the connection.
    init(greeting: String = "", answer: @escaping @Sendable (String) -> String?) async throws {
        let heard = Mutex<(@Sendable (String) -> Void)?>(nil)
        channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                let note = heard.withLock(\.self)
                return channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(
                        Handler(greeting: greeting, answer: answer, note: note ?? { _ in }))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        heard.withLock { $0 = { [weak self] text in self?.heard.withLock { $0 += text } } }
    }

    func stop() async { try? await channel.close() }

    private final class Handler: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer

        let greeting: String
        let answer: @Sendable (String) -> String?
        let note: @Sendable (String) -> Void

        init(
            greeting: String, answer: @escaping @Sendable (String) -> String?,
            note: @escaping @Sendable (String) -> Void
        ) {
            self.greeting = greeting
            self.answer = answer
            self.note = note
        }

        func channelActive(context: ChannelHandlerContext) {
            if !greeting.isEmpty {
                context.writeAndFlush(NIOAny(ByteBuffer(string: greeting)), promise: nil)
            }
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            let text = String(buffer: unwrapInboundIn(data))
            note(text)
            guard let answer = answer(text) else { return context.close(promise: nil) }
            context.writeAndFlush(NIOAny(ByteBuffer(string: answer)), promise: nil)
        }
    }
}
