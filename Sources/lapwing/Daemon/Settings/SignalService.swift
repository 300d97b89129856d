import LapwingCore
import LapwingEngine
import Logging
import ServiceLifecycle
import UnixSignals

/// Reloads the configuration on SIGHUP.
struct SignalService: Service {
    let reload: Reload

    func run() async throws {
        await cancelWhenGracefulShutdown {
            for await _ in await UnixSignalsSequence(trapping: .sighup) {
                _ = await reload(by: Person("", from: "signal"))
            }
        }
    }
}
