import DNSClient
import DNSSEC
import DNSWire
import Foundation
import LapwingCore
import LapwingCrypto
import LapwingEngine
import LapwingProbes

/// Everything that asks the network, put together once for a command or the daemon.
struct NetworkParts: Sendable {
    let client: DNSClient
    let verifier: any SignatureVerifier
    let driver: RoundDriver
    let registration: RegistrationLookup
    let now: @Sendable () -> Timestamp
    let reachesIPv6: Bool

    /// - Parameters:
    ///   - roots: where the walk to a domain's servers begins.
    ///   - timeout: seconds for one question, all tries together.
    ///   - tables: servers of registries, where others than the built-in ones are configured.
    init(roots: RootHints, timeout: Double?, tables: RegistryTables, clock: EngineClock) throws {
        let client = DNSClient()
        let verifier = LibcryptoVerifier()
        let exchange = ProbeExchange(client: client, timeout: .seconds(timeout ?? 4), now: clock.now)
        let reachesIPv6 = IPv6Reachability.isPresent()
        // Servers are found for zones that are broken too, so nothing is validated on the way to them.
        var settings = ResolverSettings(roots: roots, anchors: .none, usesIPv6: reachesIPv6)
        settings.keepsTrace = false
        let resolution = ResolutionDriver(client: client, settings: settings, verifier: verifier)
        let infrastructure = Infrastructure(
            resolve: { question, memory in
                await resolution.resolve(question, memory: &memory, now: clock.now().seconds)
            },
            registrable: { RegistrableDomain.of($0) }, usesIPv6: reachesIPv6, now: clock.now)
        driver = RoundDriver(
            RoundDriver.Means(
                exchange: { await exchange($0) }, findParent: { await infrastructure.parent(of: $0) },
                locate: { await infrastructure.location(of: $0) },
                inspect: { await infrastructure.dependency($0) }), key: client.digestKey)
        registration = RegistrationLookup(configuration: try tables.configuration())
        self.client = client
        self.verifier = verifier
        self.reachesIPv6 = reachesIPv6
        now = clock.now
    }

    func shutdown() async {
        await registration.shutdown()
        await client.shutdown()
    }
}
