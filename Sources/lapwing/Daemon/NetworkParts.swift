import DNSClient
import DNSSEC
import DNSWire
import Foundation
import LapwingCore
import LapwingCrypto
import LapwingEngine
import LapwingProbes
import RegistrationData

/// Everything that asks the network, put together once for a command or the daemon.
struct NetworkParts: Sendable {
    let client: DNSClient
    let verifier: any SignatureVerifier
    let driver: RoundDriver
    let rootWatch: RootWatch
    let registration: RegistrationLookup
    let zones: ZoneMeans
    let now: @Sendable () -> Timestamp
    let reachesIPv6: Bool

    /// - Parameters:
    ///   - roots: where the walk to a domain's servers begins.
    ///   - timeout: seconds for one question, all tries together.
    ///   - tables: servers of registries, where others than the built-in ones are configured.
    ///   - budgets: how many questions a second may go out.
    ///   - unasked: addresses that are not asked, whatever a zone says.
    ///   - supposed: what is taken for so in a dry run.
    ///   - key: the shared keys by their names, as they are now.
    init(
        roots: RootHints, timeout: Double?, tables: RegistryTables, unasked: [AddressBlock], clock: EngineClock,
        budgets: QuestionBudgets = QuestionBudgets(), supposing supposed: Supposition? = nil,
        key: @escaping @Sendable (Name) -> TransactionKey? = { _ in nil }
    ) throws {
        var configuration = DNSClient.Configuration()
        configuration.budgets = budgets
        configuration.datagramSockets = min(configuration.datagramSockets, DescriptorLimit.sockets)
        configuration.streamSockets = min(configuration.streamSockets, DescriptorLimit.sockets)
        let client = DNSClient(configuration: configuration)
        let verifier = LibcryptoVerifier()
        let exchange = ProbeExchange(client: client, timeout: .seconds(timeout ?? 4), unasked: unasked, now: clock.now)
        let reachesIPv6 = IPv6Reachability.isPresent()
        // Servers are found for zones that are broken too, so nothing is validated on the way to them.
        var settings = ResolverSettings(roots: roots, anchors: .none, usesIPv6: reachesIPv6)
        settings.keepsTrace = false
        settings.supposed = supposed?.delegation
        let asking = ResolutionDriver.exchange(over: client, unasked: unasked)
        let resolution = ResolutionDriver(
            settings: settings, verifier: verifier, exchange: supposed?.over(asking) ?? asking)
        let registration = RegistrationLookup(configuration: try tables.configuration())
        let locator = ServerLocator(
            resolve: { question, memory in
                // Nothing is validated here: the moment decides only what is remembered, whatever the wall clock does.
                await resolution.resolve(question, memory: &memory, now: clock.steady().seconds)
            },
            registrable: { RegistrableDomain.of($0) },
            isRegistered: { await registration.look(up: $0)?.registration?.isRegistered }, usesIPv6: reachesIPv6,
            now: clock.steady)
        let rootWatch = RootWatch(roots: roots, now: clock.steady) { await client.rootAuthority(at: $0) }
        let ledger = RegistrationLedger(now: clock.steady) { name in
            await registration.look(up: name)?.view(at: clock.now())
        }
        driver = RoundDriver(
            RoundDriver.Means(
                exchange: { await exchange($0) }, findParent: { await locator.parent(of: $0) },
                locate: { await locator.location(of: $0) },
                inspect: { await locator.dependency($0) }, registration: { await ledger.registration(of: $0) },
                seeRoots: { await rootWatch.sight() }),
            key: client.digestKey)
        let fetcher = ZoneFetcher(now: clock.now, key: key, isUnasked: { unasked.block(of: $0) != nil })
        zones = ZoneMeans(fetch: { await fetcher.fetch($0) }, gives: { await fetcher.gives($0, at: $1) })
        self.rootWatch = rootWatch
        self.registration = registration
        self.client = client
        self.verifier = verifier
        self.reachesIPv6 = reachesIPv6
        now = clock.now
    }

    func shutdown() async {
        await client.shutdown()
    }
}

extension QuestionBudgets {
    /// What the configuration says of them.
    init(_ settings: Settings) {
        self.init(inAll: settings.budgets.inAll, ofServer: settings.askingRate)
    }
}
