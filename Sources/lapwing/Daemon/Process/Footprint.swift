import CProcessMemory
import Glibc
import LapwingEngine
import ServiceLifecycle

/// Returns memory that the process does not need: the pages used during the start, and from then on unused pages.
///
/// Of the program's thirty megabytes a waiting daemon uses a few. The kernel also maps the neighbours of each page that
/// is accessed, so that half of the program is resident again after a round. Releasing it costs less than a millisecond
/// of page faults in the next round.
struct Footprint: Service {
    private static let interval = Duration.seconds(10)
    /// Freed memory is released after the first rounds and from time to time.
    private static let firstTrim = 2
    private static let turnsBetweenTrims = 60

    func run() async throws {
        try? await cancelWhenGracefulShutdown {
            var turn = 0
            var release = CodeRelease()
            while true {
                try await Task.sleep(for: Self.interval)
                turn += 1
                if turn % Self.turnsBetweenTrims == Self.firstTrim { process_memory_trim_heaps() }
                if release.isAllowed(majorFaults: Self.majorFaults()) { process_memory_release_code() }
            }
        }
    }

    /// The number of page faults that had to wait for the disk.
    private static func majorFaults() -> Int {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        return usage.ru_majflt
    }
}
