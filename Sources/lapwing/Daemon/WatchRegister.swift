import LapwingCore
import LapwingWeb
import Synchronization

/// The domains under watch, as the page lists them; follows every reload.
final class WatchRegister: Sendable {
    private let watched: Mutex<[WatchedDomain]>

    init(_ settings: Settings) { watched = Mutex(Self.domains(of: settings)) }

    var domains: [WatchedDomain] { watched.withLock { $0 } }

    func take(_ settings: Settings) {
        let domains = Self.domains(of: settings)
        watched.withLock { $0 = domains }
    }

    private static func domains(of settings: Settings) -> [WatchedDomain] {
        settings.watches.map { WatchedDomain(watch: $0, isFromFile: true) }
    }
}
