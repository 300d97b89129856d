#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// The clock of probes.
enum WallClock {
    /// Seconds since 1970, UTC.
    static var seconds: Int64 { Int64(time(nil)) }

    /// Seconds since 1970 with a fraction.
    static var precise: Double {
        var now = timespec()
        clock_gettime(CLOCK_REALTIME, &now)
        return Double(now.tv_sec) + Double(now.tv_nsec) / 1e9
    }
}
