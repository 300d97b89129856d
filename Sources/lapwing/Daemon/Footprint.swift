import CProcessMemory
import ServiceLifecycle

/// Gives memory back that the process does not need: what starting took, and from then on what is not in use.
///
/// Of the program's thirty megabytes a daemon that waits uses a few. The kernel maps the neighbours of each page that is
/// touched, so that after a round half of the program is resident again; letting go costs less than a millisecond of
/// fetching pages back in the next round.
struct Footprint: Service {
    /// Until the first rounds are over.
    private static let afterStart = Duration.seconds(20)
    private static let interval = Duration.seconds(10)
    private static let intervalsBetweenTrims = 60

    func run() async throws {
        try? await cancelWhenGracefulShutdown {
            try await Task.sleep(for: Self.afterStart)
            var turn = 0
            while true {
                if turn % Self.intervalsBetweenTrims == 0 { process_memory_trim_heaps() }
                process_memory_release_code()
                turn += 1
                try await Task.sleep(for: Self.interval)
            }
        }
    }
}
