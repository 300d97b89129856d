import Glibc
import Logging

/// The supervisor that started the daemon and wants to know its state: systemd, or another that sets `NOTIFY_SOCKET`.
///
/// The protocol is that of sd_notify(3): one datagram a message, one `NAME=value` a line.
struct Supervisor: Sendable {
    enum Message: Equatable {
        /// The listener answers and the store is open; also what follows `reloading`, however that ended.
        case ready(String)
        /// The configuration is being read again; with the monotonic time at which that began, in microseconds.
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

    /// Longer than a supervisor that lives needs to take a message; one that does not must not hold up the daemon.
    private static let longestWait = timeval(tv_sec: 1, tv_usec: 0)

    /// A path, or a name that begins with `@` for an abstract one.
    private let socketName: String
    /// Without a sign of life for so long, the supervisor starts the daemon again; nil when it does not mind.
    let patience: Duration?
    private let log: Logger

    /// - Returns: nil when there is no supervisor.
    init?(environment: [String: String], log: Logger) {
        guard let name = environment["NOTIFY_SOCKET"], name.first == "/" || name.first == "@" else { return nil }
        socketName = name
        self.log = log
        // A value meant for another process comes down to this one when the daemon is started by a script.
        let isMeant = environment["WATCHDOG_PID"].map { $0 == "\(getpid())" } ?? true
        let microseconds = environment["WATCHDOG_USEC"].flatMap(Int64.init) ?? 0
        patience = isMeant && microseconds > 0 ? .microseconds(microseconds) : nil
    }

    func tell(_ message: Message) {
        guard let reason = send(message.text) else { return }
        log.warning(
            "cannot tell the supervisor", metadata: ["socket": "\(socketName)", "reason": "\(reason)"])
    }

    /// - Returns: why the message was not sent.
    private func send(_ text: String) -> String? {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        var path = Array(socketName.utf8)
        guard path.count < MemoryLayout.size(ofValue: address.sun_path) else { return "its name is too long" }
        // An abstract name begins with a zero byte and ends where the address ends; a path ends with one.
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
