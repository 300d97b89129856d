package import LapwingCore
package import LapwingStore
package import Logging
import ServiceLifecycle

/// A heartbeat for an external monitor, sent only while Lapwing does its work, so that its absence is meaningful.
package struct Heartbeat: Service {
    /// Seconds that a notice may wait for its channel.
    static let longestWait: Int64 = 900

    let store: Store
    let clock: EngineClock
    let status: EngineStatus
    let log: Logger
    /// Returns the configured heartbeat.
    let settings: @Sendable () -> Settings.Heartbeat?
    /// Returns the number of domains whose check is overdue.
    let late: @Sendable () -> Int
    /// Returns true if the receiver accepted it.
    let send: @Sendable (_ url: String) async -> Bool

    package init(
        store: Store, clock: EngineClock, status: EngineStatus, log: Logger,
        settings: @escaping @Sendable () -> Settings.Heartbeat?, late: @escaping @Sendable () -> Int,
        send: @escaping @Sendable (String) async -> Bool
    ) {
        self.store = store
        self.clock = clock
        self.status = status
        self.log = log
        self.settings = settings
        self.late = late
        self.send = send
    }

    /// Sends until the service is shut down.
    package func run() async throws {
        await cancelWhenGracefulShutdown { await beat() }
    }

    private func beat() async {
        var latest: (beat: Settings.Heartbeat, at: Timestamp)?
        var turns: LoopTurns?
        var isSilent = false
        while (try? await clock.sleep(1)) != nil {
            // Of several workers, the one with the desk sends it, since it monitors the work of all.
            guard store.hasDesk || store.isAway else {
                (latest, turns, isSilent) = (nil, nil, false)
                continue
            }
            guard let beat = settings() else { continue }
            // A heartbeat with a new configuration is sent at once, regardless of the previous schedule.
            if latest?.beat != beat { (latest, turns) = (nil, nil) }
            let now = clock.steady()
            guard latest.map({ now.seconds(since: $0.at) >= beat.every }) ?? true else { continue }
            latest = (beat, now)
            let present = status.read(\.turns)
            let fault = await fault(turnsBefore: turns, now: present)
            turns = present
            if let fault {
                if !isSilent { log.warning("no heartbeat is sent", metadata: ["reason": "\(fault)"]) }
                isSilent = true
                continue
            }
            if isSilent { log.notice("heartbeats are sent again") }
            isSilent = false
            if await !send(beat.url) { log.warning("the heartbeat was not accepted") }
        }
    }

    /// The reason why no heartbeat is sent; nil while Lapwing does its work.
    private func fault(turnsBefore: LoopTurns?, now turns: LoopTurns) async -> String? {
        if let before = turnsBefore {
            if before.engine == turns.engine { return "no round is begun" }
            if before.deliverer == turns.deliverer { return "no notice is delivered" }
        }
        if let trouble = store.trouble { return "the store cannot be written: \(trouble.reason)" }
        let late = late()
        if late > 0 { return "\(late) domains were not checked in time" }
        do {
            let oldest = try await DiskWork.shared.run { [store] in try store.oldestWaiting() }
            guard let oldest else { return nil }
            let wait = clock.now().seconds(since: oldest)
            return wait > Self.longestWait ? "a notice waits for \(wait) s" : nil
        } catch {
            return "the store cannot be read: \(error)"
        }
    }
}
