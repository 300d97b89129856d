import DNSWire
import Glibc

/// One question in the engine, with a caller that waits for it.
///
/// Used on the engine's thread until it hands over its progress: concluded, or continued on a stream.
final class SingleQuestion: DatagramOwner {
    private var progress: ExchangeProgress
    private let cookies: CookieJar
    private let address: IPAddress
    /// The size of the last encoded query in bytes.
    private var lastLength = 0
    private let clock: () -> Monotonic
    private var handOver: ((ExchangeProgress, Exchange.Step) -> Void)?

    /// - Parameter clock: returns the time at which a query is sent.
    init(
        _ progress: ExchangeProgress, address: IPAddress, cookies: CookieJar,
        clock: @escaping () -> Monotonic = { .current() },
        handOver: @escaping (ExchangeProgress, Exchange.Step) -> Void
    ) {
        self.progress = progress
        self.address = address
        self.cookies = cookies
        self.clock = clock
        self.handOver = handOver
    }

    override func begin(_ token: UInt32, at now: Monotonic) -> Decision {
        act(on: progress.start(at: now))
    }

    override func write(_ token: UInt32, into buffer: UnsafeMutableRawBufferPointer) -> QueryLayout {
        let cookie = progress.options.cookies ? cookies.cookie(for: address) : []
        let layout = progress.query.write(progress.ednsPart(cookie: cookie), into: buffer)
        lastLength = layout.length
        progress.sent(bytes: layout.length, at: clock())
        return layout
    }

    override func receive(_ token: UInt32, _ datagram: UnsafeRawBufferPointer, at now: Monotonic) -> Decision {
        let bytes = [UInt8](datagram)
        let step: Exchange.Step
        do throws(WireError) {
            let message = try Message(
                decoding: bytes, leavingOutBrokenExtras: progress.options.leavesOutBrokenExtras)
            if let cookie = message.edns?.cookie, progress.options.cookies, !cookies.accepts(cookie, from: address) {
                progress.ignoredReplies += 1
                return .ignore
            }
            let lacksCookie =
                message.edns?.cookie == nil && progress.carriesCookie && cookies.misses(from: address)
            step = progress.received(message, bytes: bytes, lacksCookie: lacksCookie, at: now)
        } catch {
            step = progress.received(unreadable: error, bytes: bytes, at: now)
        }
        return act(on: step)
    }

    override func ignored(_ token: UInt32) {
        progress.ignoredReplies += 1
    }

    override func expired(_ token: UInt32, strays: Int, at now: Monotonic) -> Decision {
        progress.ignoredReplies += strays
        return act(on: progress.expired(at: now))
    }

    override func failed(_ token: UInt32, error: Int32, at now: Monotonic) -> Decision {
        act(on: progress.failed(ExchangeFailure(systemError: error), at: now))
    }

    private func act(on step: Exchange.Step) -> Decision {
        switch step {
        case .send(let shape, let until) where !shape.isStream:
            return .renew(until: until)
        case .resend(let until):
            progress.sent(bytes: lastLength, at: clock())
            return .resend(until: until)
        case .pause(let until):
            return .wait(until: until)
        case .send, .conclude:
            handOver?(progress, step)
            handOver = nil
            return .done
        }
    }
}

extension ExchangeFailure {
    /// Translates a system error number to a failure of an exchange.
    init(systemError number: Int32) {
        let text = String(cString: strerror(number))
        switch number {
        case ECONNREFUSED: self = .refusedConnection
        case ECONNRESET, EPIPE: self = .closed
        case ETIMEDOUT: self = .timeout
        case ENETUNREACH, EHOSTUNREACH, EADDRNOTAVAIL, EAFNOSUPPORT, ENETDOWN, EACCES, EPERM: self = .unreachable(text)
        case ECANCELED: self = .cancelled
        default: self = .local(text)
        }
    }
}
