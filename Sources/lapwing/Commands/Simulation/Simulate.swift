import ArgumentParser
import Foundation
import LapwingCore
import LapwingSimulation

/// `lapwing simulate`: runs scenarios on a virtual clock, through the same flow as `run`.
struct Simulate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "simulate",
        abstract: "Plays scenarios on a virtual clock and shows what would have been reported.",
        discussion: """
            Each file is a scenario; `bases.yaml` with the base worlds is in the same folder. Exit code 1 if an expected \
            report was missing or late, or if something was reported that should not have been.
            """)

    @Argument(help: "Scenario files.", completion: .file(extensions: ["yaml", "yml"]))
    var scenarios: [String] = []

    @Option(help: "Folder for one verdict log per scenario, ID.jsonl, instead of the story.")
    var log: String?

    @Option(help: "Minute after the start in which the first round is made.")
    var phase = 2

    @Option(help: "Random seed, instead of the scenario's own.")
    var seed: UInt64?

    @Option(
        help: ArgumentHelp(
            "Play each scenario with this many seeds of everyday trouble on top, and print what went wrong.",
            discussion: "Seeds count from --seed on. A single seed prints the stories."))
    var soak: Int?

    @Flag(help: "Use the real resolver and client, from the root down, as the daemon does; slower.")
    var whole = false

    @Flag(help: "Disable the rules one by one and print which scenario detects it.")
    var mutate = false

    @Option(help: "With --mutate: only lines in whose rule, code or class this stands.")
    var only: String?

    @Option(help: "Play a year of this many ordinary domains, and print pages and notices for each domain and year.")
    var portfolio: Int?

    @Option(
        help: ArgumentHelp(
            "With --portfolio: the domains are those of this many clients, and some things go wrong; the year is kept.",
            discussion: "It is the last whole calendar year; --keep says where."))
    var clients: Int?

    @Option(
        help: "With --clients: the folder for store, configuration and a log of what happened.", completion: .directory)
    var keep: String?

    @Flag(name: .shortAndLong, help: "Print the results without the stories.")
    var quiet = false

    func validate() throws {
        if !(0...1440).contains(phase) { throw ValidationError("--phase must be from 0 to 1440 minutes") }
        if let portfolio, !(1...100_000).contains(portfolio) {
            throw ValidationError("--portfolio must be from 1 to 100000 domains")
        }
        if whole, soak != nil || mutate || portfolio != nil {
            throw ValidationError("--whole plays scenarios once, without --soak, --mutate and --portfolio")
        }
        if only != nil, !mutate { throw ValidationError("--only goes with --mutate") }
        if let clients, !(1...(portfolio ?? 1)).contains(clients) {
            throw ValidationError("--clients must be from 1 to the number of domains of --portfolio")
        }
        if (clients == nil) != (keep == nil) { throw ValidationError("--clients and --keep go together") }
        if scenarios.isEmpty, portfolio == nil { throw ValidationError("name a scenario file") }
        if let soak, !(1...100_000).contains(soak) { throw ValidationError("--soak must be from 1 to 100000 seeds") }
    }

    func run() async throws {
        if let portfolio {
            var ticker = Ticker()
            if let clients, let keep {
                let year = Int64(currentTime.description.prefix(4)).map { $0 - 1 } ?? 2026
                let courses = try await ClientPortfolio(
                    domains: portfolio, clients: clients, seed: seed ?? 1, year: year
                ).play { done in
                    ticker.tell("\(done) of \(portfolio) domain years")
                }
                try KeptYear(folder: URL(filePath: keep, directoryHint: .isDirectory)).write(courses)
                print("\(year): \(portfolio) domains of \(clients) clients are in \(keep)")
                return
            }
            let report = try await Portfolio(domains: portfolio, seed: seed ?? 1).play { done in
                ticker.tell("\(done) of \(portfolio) domain years")
            }
            print(report.text, terminator: "")
            if report.total.pages > 0 { throw ExitCode(1) }
            return
        }
        let scenarios = try read()
        if mutate {
            let results = await MutationRun(scenarios, phase: phase, only: only ?? "").run()
            for result in results { print(result.text) }
            let unnoticed = results.count { $0.caughtBy == nil }
            print("\(results.count - unnoticed) of \(results.count) changes to the rulebook are noticed")
            if unnoticed > 0 { throw ExitCode(1) }
            return
        }
        if let soak {
            let run = Soak(seeds: soak, firstSeed: seed ?? 1, phase: phase)
            if soak == 1 {
                try tell(scenarios.map { run.play($0, seed: run.firstSeed) })
                return
            }
            var ticker = Ticker()
            let tally = await run.play(scenarios) { tally in
                ticker.tell("\(tally.plays) of \(tally.planned) plays; \(tally.summary)")
            }
            print(tally.report, terminator: "")
            if !tally.passes { throw ExitCode(1) }
            return
        }
        try tell(await ScenarioPlay.all(scenarios, phase: phase, seed: seed, isWhole: whole))
    }

    private func tell(_ plays: [ScenarioPlay]) throws {
        if let log { try write(plays, to: log) }
        for play in plays {
            if log == nil && !quiet {
                print(play.story)
            } else {
                print(play.summary)
            }
        }
        let failed = plays.count { !$0.score.passes }
        print("\(plays.count - failed) of \(plays.count) scenarios as expected")
        if failed > 0 { throw ExitCode(1) }
    }

    private func read() throws -> [Scenario] {
        var result: [Scenario] = []
        var isGood = true
        for path in scenarios where URL(filePath: path).lastPathComponent != ScenarioFile.basesName {
            guard FileManager.default.isReadableFile(atPath: path) else {
                StandardError.print("\(path.visible): cannot be read; is it the name of a scenario file?")
                isGood = false
                continue
            }
            do {
                result.append(try ScenarioFile.read(path))
            } catch {
                StandardError.print("\(error)")
                isGood = false
            }
        }
        if !isGood { throw ExitCode.badConfiguration }
        return result
    }

    private func write(_ plays: [ScenarioPlay], to folder: String) throws {
        let folder = URL(filePath: folder, directoryHint: .isDirectory)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        for play in plays {
            let file = folder.appending(component: "\(play.scenario.id).jsonl")
            try Data(play.log.utf8).write(to: file)
        }
    }
}
