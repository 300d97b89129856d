import DNSClient
import DNSSEC
import DNSWire
import Foundation
import LapwingCore
import LapwingCrypto
import LapwingEngine
import LapwingProbes
import RegistrationData

/// All parts that use the network, assembled once for a command or the daemon.
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
    ///   - roots: the servers at which walks to a domain's servers start.
    ///   - timeout: seconds for one query, including all retries.
    ///   - tables: registry servers, if others than the built-in ones are configured.
    ///   - budgets: the limits of queries per second.
    ///   - unasked: addresses that are never queried, whatever a zone contains.
    ///   - supposed: the supposition of a dry run.
    ///   - key: returns the present TSIG key with a name.
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
        // Servers must be found for broken zones too, so nothing is validated on the way to them.
        var settings = ResolverSettings(roots: roots, anchors: .none, usesIPv6: reachesIPv6)
        settings.keepsTrace = false
        settings.supposed = supposed?.delegation
        let asking = ResolutionDriver.exchange(over: client, unasked: unasked)
        let resolution = ResolutionDriver(
            settings: settings, verifier: verifier, exchange: supposed?.over(asking) ?? asking)
        let registration = RegistrationLookup(configuration: try tables.configuration())
        let locator = ServerLocator(
            resolve: { question, memory in
                // Nothing is validated here, so the time is used only for the expiry of cached data, independently of
                // the wall clock.
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
    /// The budgets of the configuration.
    init(_ settings: Settings) {
        self.init(inAll: settings.budgets.inAll, ofServer: settings.askingRate)
    }
}
