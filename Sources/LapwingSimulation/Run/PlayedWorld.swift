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
    private var zones = SimulatedZones()
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

    /// What is to be seen of the zone as a whole.
    func inspect(_ errand: ZoneErrand) -> ZoneSight { zones.inspect(errand, in: world, at: moment.second) }

    /// Whether the file of declared records cannot be read.
    var hidesDeclaration: Bool { world.hidesDeclaration(at: moment.second) }

    /// Whether the file of declared records can be read again, or no more, since the slot before.
    func changesDeclaration(after last: Int) -> Bool { world.hidesDeclaration(at: last) != hidesDeclaration }

    /// Whether the monitor lost its memory between the slot before and now.
    func forgets(after last: Int) -> Bool { world.forgets(after: last, through: moment.second) }

    /// The monitor's wall clock.
    var wallClock: Timestamp { world.wallClock(at: moment.second) }

    private func reply(to query: [UInt8], at server: ServerAddress, overStream: Bool) -> [UInt8]? {
        guard let address = server.address else { return nil }
        return world.answer(server: address, overTCP: overStream, query: query, at: moment.second)
    }

    private func isRegistered(_ domain: Name) -> Bool? { world.isRegistered(domain, at: moment.second) }

    private func registration(of domain: Name) -> DependencyView.Registration? {
        world.terms(at: moment.second)[domain.folded]
    }

    /// Returns the driver of rounds in this world.
    func driver(verifier: LibcryptoVerifier) -> RoundDriver {
        let network = PlayedNetwork { query, server, overStream in
            await self.reply(to: query, at: server, overStream: overStream)
        }
        let (epoch, topLevels) = (world.epoch, world.topLevels)
        let surroundings = PlayedSurroundings(
            roots: world.rootHints, registrable: { World.registrable($0, topLevels: topLevels) },
            isRegistered: { await self.isRegistered($0) }, registration: { await self.registration(of: $0) },
            usesIPv6: true,
            steady: { [moment] in epoch.adding(seconds: Int64(moment.second)) })
        return RoundDriver(playing: network, in: surroundings, verifier: verifier)
    }

    /// Seconds since the start of the world.
    var monotonic: Int64 { Int64(moment.second - start) }
}
