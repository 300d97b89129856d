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
    let now: @Sendable () -> Timestamp
    let reachesIPv6: Bool

    /// - Parameters:
    ///   - rootHints: path of other root servers than the Internet's.
    ///   - timeout: seconds for one question, all tries together.
    init(rootHints: String?, timeout: Double?, clock: EngineClock) throws {
        let client = DNSClient()
        let verifier = LibcryptoVerifier()
        let exchange = ProbeExchange(client: client, timeout: .seconds(timeout ?? 4), now: clock.now)
        let reachesIPv6 = IPv6Reachability.isPresent()
        // Servers are found for zones that are broken too, so nothing is validated on the way to them.
        let settings = ResolverSettings(
            roots: try RootFiles.hints(rootHints), anchors: TrustAnchors(records: []), usesIPv6: reachesIPv6)
        let resolution = ResolutionDriver(settings: settings, verifier: verifier) { query in
            await ServerExchange(client: client)(query)
        }
        let infrastructure = Infrastructure(
            resolve: { question, memory in
                var memory = memory
                let answer = await resolution.resolve(question, memory: &memory, now: clock.now().seconds)
                return (answer, memory)
            },
            registrable: { RegistrableDomain.of($0) }, usesIPv6: reachesIPv6, now: clock.now)
        driver = RoundDriver(
            RoundDriver.Means(
                exchange: { await exchange($0) }, findParent: { await infrastructure.parent(of: $0) },
                locate: { await infrastructure.location(of: $0) },
                inspect: { await infrastructure.dependency($0) }))
        self.client = client
        self.verifier = verifier
        self.reachesIPv6 = reachesIPv6
        now = clock.now
    }
}
