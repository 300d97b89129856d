import Glibc
import Logging

/// The supervisor that started the daemon and tracks its state: systemd, or another that sets `NOTIFY_SOCKET`.
///
/// The protocol is that of sd_notify(3): one datagram per message, one `NAME=value` per line.
struct Supervisor: Sendable {
    enum Message: Equatable {
        /// The listener responds and the store is open; also sent after `reloading`, whatever its result.
        case ready(String)
        /// The configuration is being reloaded; with the monotonic start time in microseconds.
        case reloading(UInt64)
        case stopping
        /// A sign of life.
        case alive

        var text: String {
            switch self {
            case .ready(let status):
                "READY=1\nSTATUS=" + status.replacing("\n", with: " ")
            case .reloading(let microseconds): "RELOADING=1\nMONOTONIC_USEC=\(microseconds)"
            case .stopping: "STOPPING=1"
            case .alive: "WATCHDOG=1"
            }
        }
    }

    /// Longer than a working supervisor needs to receive a message; one that does not work must not block the daemon.
    private static let longestWait = timeval(tv_sec: 1, tv_usec: 0)

    /// A path, or a name that begins with `@` for an abstract socket.
    private let socketName: String
    /// The watchdog timeout, after which the supervisor restarts the daemon if there is no sign of life; nil if there
    /// is none.
    let patience: Duration?
    private let log: Logger

    /// - Returns: nil if there is no supervisor.
    init?(environment: [String: String], log: Logger) {
        guard let name = environment["NOTIFY_SOCKET"], name.first == "/" || name.first == "@" else { return nil }
        socketName = name
        self.log = log
        // If a script starts the daemon, it inherits a value that is meant for another process.
        let isMeant = environment["WATCHDOG_PID"].map { $0 == "\(getpid())" } ?? true
        let microseconds = environment["WATCHDOG_USEC"].flatMap(Int64.init) ?? 0
        patience = isMeant && microseconds > 0 ? .microseconds(microseconds) : nil
    }

    func tell(_ message: Message) {
        guard let reason = send(message.text) else { return }
        log.warning(
            "cannot notify the supervisor", metadata: ["socket": "\(socketName)", "reason": "\(reason)"])
    }

    /// - Returns: the reason if the message was not sent.
    private func send(_ text: String) -> String? {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        var path = Array(socketName.utf8)
        guard path.count < MemoryLayout.size(ofValue: address.sun_path) else { return "its name is too long" }
        // An abstract name begins with a zero byte and its length is that of the address; a path ends with a zero byte.
        if socketName.first == "@" { path[0] = 0 } else { path.append(0) }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path) }
        let length = MemoryLayout<sa_family_t>.size + path.count

        let descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { return String(cString: strerror(errno)) }
        defer { close(descriptor) }
        var wait = Self.longestWait
        setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &wait, socklen_t(MemoryLayout<timeval>.size))
        let sent = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                sendto(descriptor, text, text.utf8.count, Int32(MSG_NOSIGNAL), $0, socklen_t(length))
            }
        }
        return sent < 0 ? String(cString: strerror(errno)) : nil
    }
}
