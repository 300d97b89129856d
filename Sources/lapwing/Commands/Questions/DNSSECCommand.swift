import ArgumentParser
import ChainDrawing
import DNSClient
import DNSSEC
import DNSWire
import Foundation
import LapwingCore
import LapwingCrypto
import LapwingProbes

/// Shows the chain of trust of a name, link by link, and how long it remains valid.
struct DNSSECCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dnssec", abstract: "Shows the chain of trust of a name, link by link, and when it will break.",
        discussion: """
            With --at the present chain is judged at another moment. Exit status: 0 secure or insecure,
            2 bogus, 3 no verdict.
            """)

    @Argument(help: "The name.")
    var name: String

    @OptionGroup var network: NetworkOptions
    @OptionGroup var output: OutputOptions

    @Option(help: "Write a picture of the chain to this file.")
    var svg: String?

    func validate() throws { _ = try NetworkOptions.name(name) }

    func run() async throws {
        let client = DNSClient()
        let settings = try network.resolverSettings()
        let driver = ChainDriver(
            settings: settings, verifier: LibcryptoVerifier(),
            exchange: ResolutionDriver.exchange(
                over: client, patience: network.patience, unasked: network.unasked()))
        let (name, now) = (try NetworkOptions.name(name), network.seconds)
        let walk = Task { await driver.survey(name, now: now) }
        let survey: ChainSurvey
        if let reason = await network.interception(over: client, roots: settings.roots) {
            var resolver = Resolver(
                question: Question(name: name, type: .soa), settings: settings, verifier: LibcryptoVerifier(), now: now)
            survey = ChainSurvey(
                name: name, judged: [resolver.giveUp(reason)], found: [], evidence: [:],
                now: UInt32(truncatingIfNeeded: now), verifier: LibcryptoVerifier())
        } else {
            survey = await walk.value
        }
        await client.shutdown()
        if let svg {
            guard FileManager.default.createFile(atPath: svg, contents: Data(ChainDiagram(survey).svg.utf8)) else {
                throw ValidationError("cannot write \(svg)")
            }
        }
        let report = ChainReport(survey)
        switch output.format {
        case .json, .jsonl: print(try report.json)
        case .table, .plain, .nagios: print(report.text.visibleLines)
        }
        switch survey.proof.verdict {
        case .secure, .insecure: break
        case .bogus: throw ExitCode(2)
        case .indeterminate: throw ExitCode(3)
        }
    }
}
