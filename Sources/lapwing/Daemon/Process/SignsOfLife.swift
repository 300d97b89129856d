import LapwingEngine
import ServiceLifecycle

/// Reports to the supervisor that the daemon is alive, as long as its loops turn, and that it ends.
///
/// Each sign confirms that the loops have turned since the last one, so a hanging loop stops the signs although the
/// process still responds.
struct SignsOfLife: Service {
    /// Signs per watchdog timeout: a loop may miss two without a restart.
    private static let signsInPatience = 4

    let supervisor: Supervisor
    let status: EngineStatus

    func run() async throws {
        await withGracefulShutdownHandler {
            await give()
        } onGracefulShutdown: {
            supervisor.tell(.stopping)
        }
    }

    private func give() async {
        guard let patience = supervisor.patience else {
            try? await gracefulShutdown()
            return
        }
        try? await cancelWhenGracefulShutdown {
            var seen = LoopTurns()
            while true {
                let turns = status.read { $0.turns }
                if turns.engine != seen.engine, turns.deliverer != seen.deliverer {
                    supervisor.tell(.alive)
                    seen = turns
                }
                try await Task.sleep(for: patience / Self.signsInPatience)
            }
        }
    }
}
