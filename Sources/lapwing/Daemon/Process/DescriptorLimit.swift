import Glibc

/// How many files and sockets the process may open, and how many of them the web page may take.
enum DescriptorLimit {
    /// More are never needed; some systems allow a thousand million, and whatever closes all of them takes minutes.
    private static let most: UInt = 65_536
    /// Descriptors that are kept for the store, the questions and the couriers: half of all between these bounds. With
    /// fewer than the lower one no round can be made; questions by UDP take 4,096 at most, those by TCP and TLS come on top.
    private static let reserve: ClosedRange<UInt> = 48...8192
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
        let left = min(all > kept ? all - kept : 0, affordable)
        return Int(min(max(left, bounds.lowerBound), bounds.upperBound))
    }

    private static var current: rlimit? {
        var limit = rlimit()
        return getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 ? limit : nil
    }
}
