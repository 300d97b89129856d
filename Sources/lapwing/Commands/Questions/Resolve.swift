import ArgumentParser
import DNSClient
import DNSSEC
import DNSWire
import Foundation
import LapwingCore
import LapwingCrypto
import LapwingProbes

/// Resolves one name and type from the root, with validation.
struct Resolve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "resolve", abstract: "Resolves from the root servers and validates from the trust anchor.",
        discussion: """
            No other resolver is involved. Exit status: 0 secure or insecure, 2 bogus, 3 no verdict.
            """)

    @Argument(help: "The name.")
    var name: String

    @Argument(help: "The type.")
    var type: String = "A"

    @OptionGroup var network: NetworkOptions
    @OptionGroup var output: OutputOptions

    @Flag(name: .customLong("do"), help: "Show signatures too.")
    var showsSignatures = false

    @Flag(help: "Show the resolution step by step, on stderr.")
    var trace = false

    @Flag(help: "Send full names to every server.")
    var noMinimise = false

    /// The time limit of the whole resolution, in seconds.
    static let longest = 12.0

    func validate() throws { _ = try question }

    func run() async throws {
        let settings = try network.resolverSettings(minimisesNames: !noMinimise)
        let client = DNSClient()
        let driver = ResolutionDriver(
            settings: settings, verifier: LibcryptoVerifier(),
            exchange: ResolutionDriver.exchange(
                over: client, patience: network.patience, unasked: network.unasked()))
        let clock = ContinuousClock()
        let start = clock.now
        let (question, now) = (try question, network.seconds)
        let limit = Duration.milliseconds(Int64(max(Self.longest, 2 * (network.timeout ?? 0)) * 1000))
        let walk = Task {
            var memory = ResolutionCache()
            return await driver.resolve(question, memory: &memory, now: now, limit: limit)
        }
        // If the network intercepts DNS, the walk would see only forged answers.
        let resolution: Resolution
        if let reason = await network.interception(over: client, roots: settings.roots) {
            var resolver = Resolver(question: question, settings: settings, verifier: LibcryptoVerifier(), now: now)
            resolution = resolver.giveUp(reason)
        } else {
            resolution = await walk.value
        }
        let elapsed = clock.now - start
        await client.shutdown()
        if trace { for line in resolution.trace { StandardError.print(line.visible) } }
        let report = ResolutionReport(resolution, elapsed: elapsed, showsSignatures: showsSignatures)
        switch output.format {
        case .json, .jsonl: print(try report.json)
        case .table, .plain, .nagios: print(report.text.visibleLines)
        }
        switch resolution.proof.verdict {
        case .secure, .insecure: break
        case .bogus: throw ExitCode(2)
        case .indeterminate: throw ExitCode(3)
        }
    }

    private var question: Question {
        get throws {
            let wanted = try NetworkOptions.name(name)
            guard let wantedType = RecordType(type) else { throw ValidationError("not a record type: \(type)") }
            return Question(name: wanted, type: wantedType)
        }
    }
}
