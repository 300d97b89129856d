import NIOCore
import NIOPosix
import Synchronization

/// The open TCP and TLS connections, one per server, shared by all questions to it (RFC 7766, section 6.2.2).
final class StreamPool: Sendable {
    /// The pause before checking again whether there is room for another connection.
    private static let pause = Duration.milliseconds(20)

    private let tls: TLSSettings
    private let most: Int
    private let group: Lazy<any EventLoopGroup>
    private let connections = Mutex<[StreamKey: EventLoopFuture<StreamConnection>]>([:])

    /// - Parameter most: the limit of open connections.
    init(tls: TLSSettings, most: Int) {
        self.tls = tls
        self.most = most
        group = Lazy { MultiThreadedEventLoopGroup.singleton }
    }

    /// Sends a query over the connection to a server, which is opened if there is none.
    func ask(_ question: StreamQuestion, at key: StreamKey) async -> Result<[UInt8], ExchangeFailure> {
        let first = await askOnce(question, at: key)
        // A server may close an idle connection just when a query is sent, so the query is repeated on a new one.
        guard first.wasUsed, case .failure(.closed) = first.reply else { return first.reply }
        return await askOnce(question, at: key).reply
    }

    /// Closes all connections.
    func close() {
        let all = connections.withLock { connections in
            defer { connections.removeAll() }
            return Array(connections.values)
        }
        for connection in all { connection.whenSuccess { $0.close() } }
    }

    private func askOnce(
        _ question: StreamQuestion, at key: StreamKey
    ) async -> (reply: Result<[UInt8], ExchangeFailure>, wasUsed: Bool) {
        do {
            while !hasRoom(for: key) {
                guard NIODeadline.now() < question.deadline else { return (.failure(.timeout), false) }
                try await Task.sleep(for: Self.pause)
            }
            let connection = try await self.connection(to: key, deadline: question.deadline).get()
            return try await connection.ask(question).get()
        } catch {
            return (.failure(ExchangeFailure(streamError: error)), false)
        }
    }

    private func hasRoom(for key: StreamKey) -> Bool {
        connections.withLock { $0[key] != nil || $0.count < most }
    }

    private func connection(to key: StreamKey, deadline: NIODeadline) throws -> EventLoopFuture<StreamConnection> {
        let group = try group.value()
        return connections.withLock { connections in
            if let existing = connections[key] { return existing }
            // If room is scarce, connections are not kept open for later questions.
            let idleTime =
                (connections.count + 1) * 2 > most
                ? PipelineHandler.shortestIdleTime : PipelineHandler.longestIdleTime
            let future = StreamConnection.open(
                to: key, tls: tls, group: group, deadline: deadline, idleTime: idleTime)
            connections[key] = future
            let ended = future.flatMap { $0.channel.closeFuture }
            ended.whenComplete { [self] _ in forget(key, future) }
            return future
        }
    }

    private func forget(_ key: StreamKey, _ future: EventLoopFuture<StreamConnection>) {
        connections.withLock { connections in
            if connections[key] === future { connections[key] = nil }
        }
    }
}
