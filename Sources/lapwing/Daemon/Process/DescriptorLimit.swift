import Glibc

/// The number of files and sockets that the process may open, and the shares of the web page and of queries.
enum DescriptorLimit {
    /// More are never needed. Some systems allow a thousand million, and programs that close all of them take minutes.
    private static let most: UInt = 65_536
    /// Descriptors that are reserved for the store, queries and couriers: half of all, within these bounds. With fewer
    /// than the lower bound no round is possible. Queries over UDP take 4,096 at most, those over TCP and TLS come on
    /// top.
    private static let reserve: ClosedRange<UInt> = 48...8192
    /// The part of the reserve for the store, the log, timers, event loops and briefly opened files. The runtime
    /// library below all tasks ends the process if it gets no descriptor, so these must not run out.
    private static let own: UInt = 32
    /// Connections that are accepted at once, before it is known whether there is room for them.
    private static let burst: UInt = 16
    /// The smallest number of sockets of one kind for queries.
    private static let leastSockets: UInt = 4
    /// Bounds of the number of connections to the web page, whatever the number of descriptors.
    private static let bounds: ClosedRange<UInt> = 8...6000
    /// Bytes that an event stream takes in the worst case; all connections together may take a quarter of the memory.
    private static let bytesOfConnection = 64 << 10

    /// Raises the soft limit as far as the hard limit allows; shells and service managers start processes with 1,024.
    static func raise() {
        guard var limit = current else { return }
        let wanted = min(limit.rlim_max, rlim_t(most))
        guard limit.rlim_cur < wanted else { return }
        limit.rlim_cur = wanted
        // If the limit cannot be raised, the available descriptors are shared out.
        setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    }

    /// The largest number of open connections of the web page; the other descriptors are left to the monitor.
    static var connections: Int {
        let all = min(current.map { UInt($0.rlim_cur) } ?? 1024, most)
        let kept = min(max(all / 2, reserve.lowerBound), reserve.upperBound)
        let affordable = MemoryLimit.bytes.map { UInt($0 / 4 / bytesOfConnection) } ?? bounds.upperBound
        let left = min(all > kept + burst ? all - kept - burst : 0, affordable)
        return Int(min(max(left, bounds.lowerBound), bounds.upperBound))
    }

    /// The number of sockets for queries, the same for UDP as for TCP and TLS together.
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
