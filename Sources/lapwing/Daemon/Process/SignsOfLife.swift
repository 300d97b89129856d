import LapwingEngine
import ServiceLifecycle

/// Tells the supervisor that the daemon lives, as long as its loops turn, and that it ends.
///
/// A sign is given for what was seen to turn since the last one, so a loop that hangs falls silent although the process
/// goes on answering.
struct SignsOfLife: Service {
    /// Signs in the time after which the supervisor loses patience: a loop may miss two and is not restarted.
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
