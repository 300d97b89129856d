import DNSSEC
import DNSWire
import LapwingCore
import LapwingCrypto
import LapwingProbes
import LapwingSimulation
import LapwingWeb
import Synchronization

/// The actions of visitors of the demonstration: causing events, and checking names of its world.
final class DemoStage: Sendable {
    private let world: DemoWorld
    private let clock: DemoClock
    private let told: Mutex<[DemoScript.Moment]>
    /// The minute until which each event lasts.
    private let lasting = Mutex<[String: Int]>([:])

    private let epoch: Timestamp

    init(world: DemoWorld, script: DemoScript, clock: DemoClock) {
        self.world = world
        epoch = script.epoch
        self.clock = clock
        told = Mutex(script.moments)
    }

    /// All events in order: those of the script, and those that visitors have caused.
    var moments: [DemoScript.Moment] { told.withLock { $0 } }

    /// Connects the stage to the sources of the page.
    func complete(_ sources: inout WebSources) {
        sources.stage = Stage(
            events: { self.events }, happened: { self.happened },
            cause: { await self.cause($0) })
        PageLooks(
            checkUp: { name, _ in await self.checkUp(name) }, survey: { await self.survey($0) }, now: { self.clock.now }
        ).complete(&sources)
    }

    private var happened: [(at: Timestamp, domain: String, text: String)] {
        let now = clock.now
        return moments.map { moment in
            (at: epoch.adding(seconds: Int64(moment.minute) * 60), domain: moment.domain, text: moment.text)
        }.filter { $0.at <= now }
    }

    private var events: [(id: String, title: String, isUnderWay: Bool)] {
        let minute = Int(clock.elapsed / 60_000)
        let lasting = lasting.withLock { $0 }
        return DemoEvent.all.map { ($0.id, $0.title, minute < lasting[$0.id] ?? 0) }
    }

    private func cause(_ id: String) async {
        guard let event = DemoEvent.all.first(where: { $0.id == id }),
            let moment = try? await world.cause(event, at: Int(clock.elapsed / 1000))
        else { return }
        lasting.withLock { $0[id] = moment.minute + event.lasting }
        // Events that were printed already keep their place in the list.
        told.withLock { told in
            let place = told.firstIndex { $0.minute > moment.minute } ?? told.endIndex
            told.insert(moment, at: place)
        }
    }

    private func watch(_ name: Name) -> Watch? { world.watches.first { name.isSubdomain(of: $0.domain) } }

    private func checkUp(_ name: Name) async -> CheckReport? {
        guard let watch = watch(name), let settings = await world.resolverSettings(watch.domain) else { return nil }
        let verifier = LibcryptoVerifier()
        let (world, clock) = (world, clock)
        let round = await FirstRound(
            watch: watch, resolvers: world.resolvers, reachesIPv6: false, verifier: verifier,
            now: { (clock.now, clock.passed + clock.elapsed / 1000) },
            gather: { walk in
                let second = Int(clock.elapsed / 1000)
                guard let seen = await world.gather(walk, at: second) else { return nil }
                return (seen, await world.lookUp(watch.domain, at: second))
            }
        ).make()
        guard let round else { return nil }
        let driver = ResolutionDriver(settings: settings, verifier: verifier, exchange: exchange(watch.domain))
        var memory = ResolutionCache()
        let resolution = await driver.resolve(
            Question(name: watch.domain, type: .soa), memory: &memory, now: clock.now.seconds)
        return CheckReport(watch, round, proof: resolution.proof)
    }

    private func survey(_ name: Name) async -> ChainSurvey? {
        guard let watch = watch(name), let settings = await world.resolverSettings(watch.domain) else { return nil }
        let chain = ChainDriver(
            settings: settings, verifier: LibcryptoVerifier(), exchange: exchange(watch.domain))
        return await chain.survey(name, now: clock.now.seconds)
    }

    private func exchange(_ domain: Name) -> ResolutionDriver.Exchange {
        { query in await self.world.reply(to: query, in: domain, at: Int(self.clock.elapsed / 1000)) }
    }
}
