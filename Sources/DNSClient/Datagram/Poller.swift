import CDatagramBatch
import Glibc

/// Waits until sockets are readable, until a moment, or until another thread wakes it.
///
/// Owns the epoll instance and an event descriptor; `close()` closes both.
final class Poller {
    private let descriptor: Int32
    private let wakeDescriptor: Int32
    private var events = [epoll_event](repeating: epoll_event(), count: 64)
    private static let wakeToken = UInt64.max

    /// Nil if the process has no descriptors left.
    init?() {
        descriptor = epoll_create1(Int32(EPOLL_CLOEXEC))
        wakeDescriptor = eventfd(0, Int32(EFD_CLOEXEC | EFD_NONBLOCK))
        guard descriptor >= 0, wakeDescriptor >= 0, add(wakeDescriptor, token: Self.wakeToken) else {
            close()
            return nil
        }
    }

    /// Watches a socket for input; false if the kernel refuses.
    func add(_ socket: Int32, token: UInt64) -> Bool {
        var event = epoll_event()
        event.events = EPOLLIN.rawValue
        event.data.u64 = token
        return epoll_ctl(descriptor, EPOLL_CTL_ADD, socket, &event) == 0
    }

    /// A descriptor that ends the wait when eight bytes are written to it.
    var waker: Waker { Waker(descriptor: wakeDescriptor) }

    /// Waits and reports the tokens of the readable sockets; `milliseconds` -1 waits for ever.
    func wait(milliseconds: Int32, _ body: (UInt64) -> Void) {
        let count = epoll_wait(descriptor, &events, Int32(events.count), milliseconds)
        guard count > 0 else { return }
        for index in 0..<Int(count) {
            let token = events[index].data.u64
            if token == Self.wakeToken {
                var counter: UInt64 = 0
                _ = read(wakeDescriptor, &counter, 8)
            } else {
                body(token)
            }
        }
    }

    func close() {
        if descriptor >= 0 { _ = Glibc.close(descriptor) }
        if wakeDescriptor >= 0 { _ = Glibc.close(wakeDescriptor) }
    }

    /// Wakes a poller from another thread.
    struct Waker: Sendable {
        let descriptor: Int32

        func wake() {
            var one: UInt64 = 1
            _ = write(descriptor, &one, 8)
        }
    }
}
