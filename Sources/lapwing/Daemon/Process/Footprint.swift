import CProcessMemory
import Glibc
import LapwingEngine
import ServiceLifecycle

/// Gives memory back that the process does not need: what starting took, and from then on what is not in use.
///
/// Of the program's thirty megabytes a daemon that waits uses a few. The kernel maps the neighbours of each page that is
/// touched, so that after a round half of the program is resident again; letting go costs less than a millisecond of
/// fetching pages back in the next round.
struct Footprint: Service {
    private static let interval = Duration.seconds(10)
    /// Freed memory is looked for when the first rounds are over, and from time to time.
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

    /// Pages that this process has waited for the disk for.
    private static func majorFaults() -> Int {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        return usage.ru_majflt
    }
}
