import Foundation
import Synchronization

/// Connections to one server: as many as are in use at the same time, up to a limit.
final class PostgreSQLPool: Sendable {
    /// The limit for readers and the writer together.
    private static let most = 6
    /// Seconds to wait for a connection in use.
    private static let patience = 10
    /// Milliseconds after a failed attempt within which the next one fails at once.
    private static let pauses: [Int64] = [0, 100, 250, 500, 1000, 2000]

    private struct State {
        var idle: [PostgreSQLLink] = []
        /// The number of consecutive failed attempts, when the last one was, and why.
        var failures = 0
        var failedAt: Int64 = 0
        var fault: DatabaseFault?
    }

    /// A connection is owned by the pool or by one thread.
    private struct Box: @unchecked Sendable {
        var state = State()
    }

    private let address: PostgreSQLAddress
    private let box = Mutex(Box())
    private let places = DispatchSemaphore(value: PostgreSQLPool.most)

    init(_ address: PostgreSQLAddress) { self.address = address }

    /// Lends a connection that has answered to a first statement.
    ///
    /// - Parameter first: the statement that begins the work. If a pooled connection turns out to be lost, it is sent
    ///   again over a new one, since nothing was done yet.
    func lend<Value>(_ first: String, _ body: (PostgreSQLLink, [Row]) throws -> Value) throws -> Value {
        guard places.wait(timeout: .now() + .seconds(Self.patience)) == .success else {
            var fault = DatabaseFault(
                .engine, reason: "all \(Self.most) connections have been in use for \(Self.patience) s")
            fault.code = "none free"
            throw fault
        }
        defer { places.signal() }
        let (link, rows) = try begin(first)
        defer { if link.isIdle { box.withLock { $0.state.idle.append(link) } } }
        return try body(link, rows)
    }

    private func begin(_ first: String) throws -> (PostgreSQLLink, [Row]) {
        while let link = box.withLock({ $0.state.idle.popLast() }) {
            do {
                return (link, try link.script(first))
            } catch let fault as DatabaseFault where fault.code == nil || fault.code?.hasPrefix("57P") == true {
                // The server was restarted meanwhile, or a pooler closed the connection.
                continue
            }
        }
        let link = try connect()
        return (link, try link.script(first))
    }

    private func connect() throws -> PostgreSQLLink {
        let now = Self.now()
        let recent: DatabaseFault? = box.withLock { box in
            let pause = Self.pauses[min(box.state.failures, Self.pauses.count - 1)]
            return now - box.state.failedAt < pause ? box.state.fault : nil
        }
        if let recent { throw recent }
        do {
            let link = try PostgreSQLLink(address)
            box.withLock { $0.state.failures = 0 }
            return link
        } catch {
            let fault = error as? DatabaseFault ?? DatabaseFault(.engine, reason: "\(error)")
            box.withLock { box in
                box.state.failures += 1
                box.state.failedAt = Self.now()
                box.state.fault = fault
            }
            throw fault
        }
    }

    private static func now() -> Int64 { Int64(clamping: DispatchTime.now().uptimeNanoseconds / 1_000_000) }
}
