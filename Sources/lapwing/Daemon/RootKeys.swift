import DNSSEC
import DNSWire
import LapwingCore
import LapwingEngine
import LapwingProbes
import LapwingStore
import Logging
import Synchronization

/// The presently trusted root keys, for parts that validate while the daemon runs.
final class RootKeys: Sendable {
    private let anchors = Mutex(TrustAnchors.builtIn)

    /// Returns the settings with the presently trusted keys.
    func current(_ settings: ResolverSettings) -> ResolverSettings {
        var settings = settings
        settings.anchors = anchors.withLock { $0 }
        return settings
    }

    /// Returns the service that follows rollovers of the keys.
    func keeper(_ parts: NetworkParts, roots: RootHints, store: Store, clock: EngineClock, log: Logger) throws
        -> AnchorKeeper
    {
        let settings = ResolverSettings(roots: roots, anchors: .none, usesIPv6: parts.reachesIPv6)
        let driver = ResolutionDriver(client: parts.client, settings: settings, verifier: parts.verifier)
        return try AnchorKeeper(
            store: store, clock: clock, verifier: parts.verifier, log: log,
            fetch: {
                var memory = ResolutionCache()
                let question = Question(name: .root, type: .dnskey)
                let found = await driver.resolve(question, memory: &memory, now: clock.now().seconds)
                return found.answer.first { $0.type == .dnskey && $0.name.isRoot }
            },
            tell: { trusted in self.anchors.withLock { $0 = trusted } })
    }
}
