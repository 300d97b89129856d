import ArgumentParser
import DNSWire
import Foundation
import LapwingCore
import LapwingCrypto
import LapwingEngine
import LapwingSimulation
import LapwingStore
import LapwingWeb
import Logging
import ServiceLifecycle
import UnixSignals

/// `lapwing demo`: the daemon on an embedded world.
struct Demo: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo", abstract: "The daemon in a simulated world: no network, no privileges.",
        discussion: """
            Root, registry, name servers and resolvers are simulated and answer real messages. Within two minutes there \
            are a hijack, a signature lapse, a rotation, a poisoned cache and a planned move; buttons on the page cause \
            more. Ctrl-C ends the demo.

            Your own domains afterwards: lapwing check example.com, lapwing init example.com, lapwing run.
            """)

    @Option(help: "Simulated seconds in one real second.")
    var speed = 60.0

    @Option(help: "End after this many seconds.")
    var seconds: Double?

    @Option(help: "Port of the web page, on this machine only.")
    var port = 9053

    @OptionGroup var output: OutputOptions

    func validate() throws {
        if !(1...600).contains(speed) { throw ValidationError("--speed must be from 1 to 600") }
        if let seconds, !(0...86_400).contains(seconds) {
            throw ValidationError("--seconds must be from 0 to 86400")
        }
        if !(0...65_535).contains(port) { throw ValidationError("--port must be from 0 to 65535") }
    }

    func run() async throws {
        try ListenerProbe.require(host: "127.0.0.1", port: port, option: "--port")
        let script = DemoScript(epoch: Self.beginning())
        let world = try DemoWorld(script)
        let store = try Store()
        let isJSON = output.format == .json || output.format == .jsonl
        func say(_ text: String) { if isJSON { StandardError.print(text) } else { StandardOutput.print(text) } }
        say(
            "The world begins at \(script.epoch); \(world.watches.count) domains; a simulated minute takes "
                + "\(String(format: "%.1f", 60 / speed)) s.")
        for watch in world.watches {
            guard let outcome = await world.learnt(watch.domain) else { continue }
            try store.commit(
                RoundRecord(
                    domain: watch.domain, at: script.epoch, sightings: [], outcome: outcome, keepsState: true))
        }
        let clock = DemoClock(epoch: script.epoch, speed: speed, passed: Int64(DemoDomains.learning))
        let status = EngineStatus()
        let settings = settings(world)
        let engine = engine(world, settings, store: store, status: status, clock: clock)
        let stage = DemoStage(world: world, script: script, clock: clock)
        let narrator = DemoNarrator(
            epoch: script.epoch, stage: stage, clock: clock, store: store, usesColor: output.usesColor, isJSON: isJSON)
        var log = Logger(label: "lapwing") { _ in SwiftLogNoOpLogHandler() }
        log.logLevel = .error
        let watched = settings.watches.map { WatchedDomain(watch: $0, isFromFile: true) }
        DescriptorLimit.raise()
        let web = WebParts(
            settings: settings, store: store, status: status, clock: clock.engineClock,
            watches: { watched }, prober: nil,
            access: AccessControl(try Access(WebConfiguration(settings)), log: log),
            mostSeries: { settings.metricsDomains }, reload: { _ in }, log: log
        ).server(stage.complete)
        say("The page is at http://\(settings.listen.host):\(settings.listen.port)/")
        say("Your own domains: lapwing check example.com; to watch them, lapwing init example.com and lapwing run.")
        var services: [any Service] = [engine, narrator, web]
        if let seconds { services.append(EndAfter(seconds: seconds)) }
        let group = ServiceGroup(
            configuration: .init(
                services: services.map {
                    .init(service: $0, successTerminationBehavior: .gracefullyShutdownGroup)
                }, gracefulShutdownSignals: [.sigterm, .sigint], logger: log))
        try await group.run()
    }

    private func settings(_ world: DemoWorld) -> Settings {
        var settings = Settings()
        settings.listen.port = port
        settings.watches = world.watches
        settings.resolvers = world.resolvers
        settings.secondLook = 30
        return settings
    }

    private func engine(
        _ world: DemoWorld, _ settings: Settings, store: Store, status: EngineStatus, clock: DemoClock
    ) -> Engine {
        let parts = EngineParts(
            gather: { walk, _ in
                Gathered(
                    snapshot: await world.gather(walk, at: Int(clock.elapsed / 1000))
                        ?? Snapshot(domain: walk.domain, at: clock.now, monotonic: 0, parent: ParentView()))
            }, lookUp: { await world.lookUp($0, at: Int(clock.elapsed / 1000)) }, registry: { "\($0.parent ?? $0)" },
            verifier: LibcryptoVerifier(), clock: clock.engineClock, reachesIPv6: false)
        let log = Logger(label: "lapwing") { _ in SwiftLogNoOpLogHandler() }
        return Engine(settings: settings, store: store, parts: parts, status: status, log: log)
    }

    /// Two hours ago, at a full minute, so that the story ends at about the present.
    private static func beginning() -> Timestamp {
        let now = Int64(Date().timeIntervalSince1970)
        return Timestamp(seconds: (now - 7200) / 60 * 60)
    }
}

/// Ends the service group after some time.
private struct EndAfter: Service {
    let seconds: Double

    func run() async throws {
        try? await cancelWhenGracefulShutdown {
            try await Task.sleep(for: .seconds(seconds))
        }
    }
}
