import DNSClient
import DNSWire
import LapwingCore
import LapwingCrypto
import LapwingProbes
import Synchronization

/// A simulated world behind a played network, with all parts of the program that use the network in front of it.
actor PlayedWorld {
    /// The present second of the world, set by the driver of the simulation.
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
    /// The second at which the world starts, from which monotonic time is counted.
    private let start: Int

    init(_ scenario: Scenario, _ moment: Moment) {
        world = World(scenario)
        self.moment = moment
        start = world.start
    }

    /// The resolvers of the world.
    var resolvers: [ResolverSpecification] { world.resolvers }

    /// Looks up the registration.
    func lookUp() -> RegistryView { SimulatedRegistry(world: world).look(at: moment.second) }

    /// The monitor's wall clock.
    var wallClock: Timestamp { world.wallClock(at: moment.second) }

    private func reply(to query: [UInt8], at server: ServerAddress, overStream: Bool) -> [UInt8]? {
        guard let address = server.address else { return nil }
        return world.answer(server: address, overTCP: overStream, query: query, at: moment.second)
    }

    private func isRegistered(_ domain: Name) -> Bool? { world.isRegistered(domain, at: moment.second) }

    /// Returns the driver of rounds in this world.
    func driver(verifier: LibcryptoVerifier) -> RoundDriver {
        let network = PlayedNetwork { query, server, overStream in
            await self.reply(to: query, at: server, overStream: overStream)
        }
        let (epoch, topLevels) = (world.epoch, world.topLevels)
        let surroundings = PlayedSurroundings(
            roots: world.rootHints, registrable: { World.registrable($0, topLevels: topLevels) },
            isRegistered: { await self.isRegistered($0) }, usesIPv6: true,
            steady: { [moment] in epoch.adding(seconds: Int64(moment.second)) })
        return RoundDriver(playing: network, in: surroundings, verifier: verifier)
    }

    /// Seconds since the start of the world.
    var monotonic: Int64 { Int64(moment.second - start) }
}
