internal import CDatagramBatch
internal import Foundation
internal import NIOCore
internal import Synchronization
#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// UDP for probes: a separate socket for each, and one thread that waits for all of them.
///
/// A probe consists of one datagram each way, and setting up a channel in an event loop would be half of its cost.
final class DatagramExchange: Sendable {
    static let shared = DatagramExchange()

    /// The precision of time limits in milliseconds.
    private static let tick: Int32 = 10
    private static let batch = 64

    typealias Outcome = Result<Reply, QueryExchange.Failure>
    private typealias Continuation = CheckedContinuation<Outcome, Never>

    private struct Waiting {
        var socket: Int32
        var id: UInt16
        /// The largest datagram; longer ones are truncated.
        var size: Int
        var deadline: NIODeadline
        var continuation: Continuation
    }

    private struct State {
        var next: UInt64 = 1
        var waiting: [UInt64: Waiting] = [:]
    }

    private let state = Mutex(State())
    private let poll: Int32
    /// Wakes the thread if it waits without a limit.
    private let bell: Int32

    private init() {
        poll = epoll_create1(Int32(EPOLL_CLOEXEC))
        bell = eventfd(0, Int32(EFD_CLOEXEC | EFD_NONBLOCK))
        var event = epoll_event(events: EPOLLIN.rawValue, data: epoll_data(u64: 0))
        epoll_ctl(poll, EPOLL_CTL_ADD, bell, &event)
        Thread.detachNewThread { [self] in attend() }
    }

    /// Sends a query and waits for the datagram with its ID; others are late replies to earlier queries.
    ///
    /// The socket is closed afterwards, or at once if the task is cancelled.
    func run(
        _ query: QueryMessage, over descriptor: Int32, size: Int, deadline: NIODeadline
    ) async -> Outcome {
        let token = state.withLock { state in
            defer { state.next += 1 }
            return state.next
        }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { (continuation: Continuation) in
                begin(
                    token, query.bytes,
                    Waiting(
                        socket: descriptor, id: query.id, size: size, deadline: deadline, continuation: continuation))
            }
        } onCancel: {
            settle(token, .failure(.cancelled))
        }
    }

    private func begin(_ token: UInt64, _ query: [UInt8], _ waiting: Waiting) {
        let isFirst = state.withLock { state in
            state.waiting[token] = waiting
            // While the lock is held, the socket cannot have been closed.
            var event = epoll_event(events: EPOLLIN.rawValue, data: epoll_data(u64: token))
            epoll_ctl(poll, EPOLL_CTL_ADD, waiting.socket, &event)
            return state.waiting.count == 1
        }
        if isFirst {
            var one: UInt64 = 1
            _ = write(bell, &one, MemoryLayout<UInt64>.size)
        }
        // A cancellation before the caller was registered has not been noticed yet.
        if Task.isCancelled { return settle(token, .failure(.cancelled)) }
        guard send(waiting.socket, query, query.count, 0) == query.count else {
            settle(token, .failure(.init(description: "write: \(Self.reason(errno))")))
            return
        }
    }

    /// Opens a socket that is connected to one server.
    static func open(
        _ server: SocketAddress, from source: SocketAddress?
    ) throws(QueryExchange.Failure) -> Int32 {
        let family = server.protocol == .inet ? AF_INET : AF_INET6
        let kind = Int32(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue)
        let descriptor = socket(family, kind, 0)
        guard descriptor >= 0 else { throw .init(description: "dial: \(reason(errno))") }
        var result: Int32 = 0
        if let source { result = source.withSockAddr { bind(descriptor, $0, socklen_t($1)) } }
        if result == 0 { result = server.withSockAddr { connect(descriptor, $0, socklen_t($1)) } }
        guard result == 0 else {
            let fault = reason(errno)
            close(descriptor)
            throw .init(description: "dial: \(fault)")
        }
        return descriptor
    }

    private func settle(_ token: UInt64, _ result: Outcome) {
        guard let waiting = state.withLock({ $0.waiting.removeValue(forKey: token) }) else { return }
        close(waiting.socket)
        waiting.continuation.resume(returning: result)
    }

    /// The loop of the thread.
    private func attend() -> Never {
        var events = [epoll_event](repeating: epoll_event(), count: Self.batch)
        var buffer = [UInt8](repeating: 0, count: 65_536)
        var looked = NIODeadline.now()
        while true {
            let isIdle = state.withLock { $0.waiting.isEmpty }
            let count = epoll_wait(poll, &events, Int32(Self.batch), isIdle ? -1 : Self.tick)
            for event in events.prefix(max(0, Int(count))) {
                if event.data.u64 == 0 {
                    var number: UInt64 = 0
                    _ = read(bell, &number, MemoryLayout<UInt64>.size)
                } else {
                    receive(event.data.u64, &buffer)
                }
            }
            let now = NIODeadline.now()
            guard now - looked >= .milliseconds(Int64(Self.tick)) else { continue }
            looked = now
            for token in state.withLock({ state in state.waiting.filter { $0.value.deadline <= now }.map(\.key) }) {
                settle(token, .failure(.init(description: "read: i/o timeout")))
            }
        }
    }

    private func receive(_ token: UInt64, _ buffer: inout [UInt8]) {
        guard let waiting = state.withLock({ $0.waiting[token] }) else { return }
        // A reply after the deadline is not read, however late that is noticed.
        guard NIODeadline.now() < waiting.deadline else {
            return settle(token, .failure(.init(description: "read: i/o timeout")))
        }
        while true {
            let count = recv(waiting.socket, &buffer, waiting.size, 0)
            guard count >= 0 else {
                let fault = errno
                if fault != EAGAIN && fault != EINTR {
                    settle(token, .failure(.init(description: "read: \(Self.reason(fault))")))
                }
                return
            }
            do throws(ReplyFault) {
                let reply = try Reply(Array(buffer[..<count]))
                if reply.id == waiting.id { return settle(token, .success(reply)) }
            } catch {
                // An invalid datagram ends the probe even if it is not a reply to it.
                return settle(token, .failure(.init(description: "dns: bad reply: \(error)")))
            }
        }
    }

    private static func reason(_ number: Int32) -> String { String(cString: strerror(number)) }
}
