import DNSClient
import DNSSEC
import DNSWire
import LapwingCore
import LapwingCrypto
import LapwingProbes
import Synchronization

/// A world at the other end of the network, and everything that asks the Internet on this one.
actor PlayedWorld {
    /// The second of the world, read and set by whoever plays.
    final class Moment: Sendable {
        private let value: Atomic<Int>

        init(_ second: Int) { value = Atomic(second) }

        var second: Int {
            get { value.load(ordering: .relaxed) }
            set { value.store(newValue, ordering: .relaxed) }
        }
    }

    private let world: World
    private let moment: Moment
    /// The moment of the world's beginning, from which time that no clock can be set is counted.
    private let start: Int

    init(_ scenario: Scenario, _ moment: Moment) {
        world = World(scenario)
        self.moment = moment
        start = world.start
    }

    /// What servers of the world say.
    var resolvers: [ResolverSpecification] { world.resolvers }

    /// The registry, as the look-up of registrations sees it.
    func lookUp() -> RegistryView { SimulatedRegistry(world: world).look(at: moment.second) }

    /// What the monitor's wall clock shows.
    var wallClock: Timestamp { world.wallClock(at: moment.second) }

    private func reply(to query: [UInt8], at server: ServerAddress, overStream: Bool) -> [UInt8]? {
        guard let address = server.address else { return nil }
        return world.answer(server: address, overTCP: overStream, query: query, at: moment.second)
    }

    private func isRegistered(_ domain: Name) -> Bool? {
        guard case .http(let status, _, _) = world.rdap(domain, at: moment.second) else { return nil }
        return status == 404 ? false : status == 200 ? true : nil
    }

    /// What makes rounds, put together as the daemon puts it together.
    func driver(verifier: LibcryptoVerifier) -> RoundDriver {
        let network = PlayedNetwork { query, server, overStream in
            await self.reply(to: query, at: server, overStream: overStream)
        }
        let client = DNSClient(playing: network)
        let epoch = world.epoch
        let steady: @Sendable () -> Timestamp = { [moment] in epoch.adding(seconds: Int64(moment.second)) }
        let exchange = ProbeExchange(client: client, now: steady)
        var settings = ResolverSettings(roots: world.rootHints, anchors: .none, usesIPv6: true)
        settings.keepsTrace = false
        let resolution = ResolutionDriver(
            settings: settings, verifier: verifier, exchange: ResolutionDriver.exchange(over: client))
        let registrable: @Sendable (Name) -> Name? = { [topLevels = world.topLevels] in
            World.registrable($0, topLevels: topLevels)
        }
        let locator = ServerLocator(
            resolve: { question, memory in
                await resolution.resolve(question, memory: &memory, now: steady().seconds)
            },
            registrable: registrable, isRegistered: { await self.isRegistered($0) }, usesIPv6: true, now: steady)
        let roots = RootWatch(roots: world.rootHints, now: steady) { await client.rootAuthority(at: $0) }
        return RoundDriver(
            RoundDriver.Means(
                exchange: { await exchange($0) }, findParent: { await locator.parent(of: $0) },
                locate: { await locator.location(of: $0) }, inspect: { await locator.dependency($0) },
                seeRoots: { await roots.sight() }),
            key: client.digestKey)
    }

    /// Seconds since the world began.
    var monotonic: Int64 { Int64(moment.second - start) }
}
