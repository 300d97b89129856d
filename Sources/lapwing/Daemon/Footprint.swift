import CProcessMemory
import ServiceLifecycle

/// Gives memory back that the process does not need: what starting took, and from time to time what is free.
struct Footprint: Service {
    /// Until the first rounds are over.
    private static let afterStart = Duration.seconds(20)
    private static let interval = Duration.seconds(600)

    func run() async throws {
        try? await cancelWhenGracefulShutdown {
            try await Task.sleep(for: Self.afterStart)
            while true {
                process_memory_give_back()
                try await Task.sleep(for: Self.interval)
            }
        }
    }
}
