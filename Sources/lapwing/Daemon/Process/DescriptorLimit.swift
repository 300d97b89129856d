import Glibc

/// How many files and sockets the process may open, and how many of them the web page and questions may take.
enum DescriptorLimit {
    /// More are never needed; some systems allow a thousand million, and whatever closes all of them takes minutes.
    private static let most: UInt = 65_536
    /// Descriptors that are kept for the store, the questions and the couriers: half of all between these bounds. With
    /// fewer than the lower one no round can be made; questions by UDP take 4,096 at most, those by TCP and TLS come on top.
    private static let reserve: ClosedRange<UInt> = 48...8192
    /// What of these is for the store, the log, clocks and event loops, and for whoever opens a file for a moment. The library
    /// beneath all tasks ends the process when it finds no descriptor: these must not run out.
    private static let own: UInt = 32
    /// Connections that are taken from the system at once, before it is known whether there is room for them.
    private static let burst: UInt = 16
    /// Sockets of one kind for questions, at least.
    private static let leastSockets: UInt = 4
    /// Connections to the web page, however many or few descriptors there are.
    private static let bounds: ClosedRange<UInt> = 8...6000
    /// Bytes that an event stream takes at worst; all connections together may take a quarter of the memory.
    private static let bytesOfConnection = 64 << 10

    /// Raises the soft limit as far as the hard one allows; shells and service managers begin with 1,024.
    static func raise() {
        guard var limit = current else { return }
        let wanted = min(limit.rlim_max, rlim_t(most))
        guard limit.rlim_cur < wanted else { return }
        limit.rlim_cur = wanted
        // Where it cannot be raised, what there is is shared out.
        setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    }

    /// Connections that the web page may hold open; the rest of the descriptors is left to the monitor.
    static var connections: Int {
        let all = min(current.map { UInt($0.rlim_cur) } ?? 1024, most)
        let kept = min(max(all / 2, reserve.lowerBound), reserve.upperBound)
        let affordable = MemoryLimit.bytes.map { UInt($0 / 4 / bytesOfConnection) } ?? bounds.upperBound
        let left = min(all > kept + burst ? all - kept - burst : 0, affordable)
        return Int(min(max(left, bounds.lowerBound), bounds.upperBound))
    }

    /// Sockets for questions, as many by UDP as by TCP and TLS.
    static var sockets: Int {
        let all = min(current.map { UInt($0.rlim_cur) } ?? 1024, most)
        let taken = UInt(connections) + burst + own
        return Int(min(max(all > taken ? (all - taken) / 2 : 0, leastSockets), 16_384))
    }

    private static var current: rlimit? {
        var limit = rlimit()
        return getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 ? limit : nil
    }
}
