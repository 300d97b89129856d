import DNSWire
import LapwingCore
import LapwingEngine
import LapwingProbes
import Logging
import ServiceLifecycle

/// Listens for NOTIFY messages and has the changed zones checked.
struct NotificationDesk: Sendable {
    let register: WatchRegister
    let engine: Engine
    let status: EngineStatus
    let clock: EngineClock
    let log: Logger

    func service(at place: Settings.Listener) -> any Service {
        NotificationService(listener: NotifyListener(host: place.host, port: place.port) { take($0, from: $1) })
    }

    /// Returns the response to a message.
    private func take(_ bytes: [UInt8], from sender: IPAddress) -> [UInt8]? {
        guard let terms = register.notifications else { return nil }
        let notification = ZoneNotification(
            bytes, from: sender, allow: terms.allow, key: terms.key.flatMap { register.key($0) },
            wantsKey: terms.key != nil, at: UInt64(max(0, clock.now().seconds))
        ) { register.watched($0) != nil }
        status.change { $0.zoneNotifications[notification.verdict, default: 0] += 1 }
        log.debug(
            "a server says that a zone has changed",
            metadata: [
                "from": "\(sender)", "zone": "\(notification.zone.map { "\($0)" } ?? "-")",
                "verdict": "\(notification.verdict.rawValue)",
            ])
        if let zone = notification.zone { Task { await engine.notified(zone) } }
        return notification.answer
    }
}

private struct NotificationService: Service {
    let listener: NotifyListener

    func run() async throws {
        try await withGracefulShutdownHandler {
            try await listener.run()
        } onGracefulShutdown: {
            listener.close()
        }
    }
}
