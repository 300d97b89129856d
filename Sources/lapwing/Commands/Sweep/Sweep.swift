import ArgumentParser
import DNSClient
import DNSWire
import Dispatch
import Foundation

/// Queries many names once, at full speed, with the same client as the daemon.
struct SweepCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sweep", abstract: "Queries many names once, at full speed.",
        discussion: """
            Every type of every name is asked at every resolver. Ctrl-C ends it and shows the results so far. With --answers or \
            --failures each answer is a line on stdout (name, type, resolver, code, data, separated by tabs), and the \
            summary goes to stderr; that is slower, as every answer is decoded completely.

            Examples:
              lapwing sweep --names domains.txt --types A,MX --resolver 9.9.9.9 --resolver 1.1.1.1
              lapwing sweep --names domains.txt --resolver 9.9.9.9 --failures
            """)

    @Option(help: "File with one name a line; - for standard input.")
    var names: String

    @Option(help: "The types to ask for, separated by commas.", transform: Self.types)
    var types: [RecordType] = [.a]

    @Option(
        name: .customLong("resolver"), help: "A server to ask, [NAME=]ADDRESS; repeatable.", transform: Self.server)
    var resolvers: [ServerAddress]

    @Option(help: "Queries a second, over all resolvers; default: as fast as they answer.")
    var rate: Double?

    @Option(help: "Most queries in flight at one resolver.")
    var window = 256

    @Option(help: "Seconds for one query, all attempts together.")
    var timeout = 5.0

    @Option(help: "How often a lost query is sent.")
    var attempts = 3

    @Flag(name: .customLong("no-edns"), help: "Ask without EDNS.")
    var noEDNS = false

    @Flag(name: .customLong("no-rd"), help: "Do not ask for recursion.")
    var noRecursion = false

    @Flag(name: .customLong("do"), help: "Ask for DNSSEC records.")
    var dnssecOK = false

    @Flag(help: "Show each answer.")
    var answers = false

    @Flag(help: "Show each query without an answer or with an error.")
    var failures = false

    @Flag(help: "Show the summary as JSON.")
    var json = false

    func validate() throws {
        if let rate, !(rate > 0 && rate <= 1e8) { throw ValidationError("--rate takes more than 0") }
        guard (1...8192).contains(window) else { throw ValidationError("--window takes 1 to 8192") }
        guard timeout > 0, timeout <= 300 else { throw ValidationError("--timeout takes up to 300 seconds") }
        guard (1...16).contains(attempts) else { throw ValidationError("--attempts takes 1 to 16") }
        guard !types.isEmpty, !resolvers.isEmpty else { throw ValidationError("no types or no resolvers") }
    }

    func run() async throws {
        let descriptor = names == "-" ? STDIN_FILENO : open(names, O_RDONLY)
        guard descriptor >= 0 else {
            throw ValidationError("cannot read \(names): \(String(cString: strerror(errno)))")
        }
        var sweep = Sweep(names: descriptor, types: types, servers: resolvers)
        sweep.rate = rate
        sweep.window = window
        sweep.options.timeout = .milliseconds(Int64(timeout * 1000))
        sweep.options.attempts = attempts
        sweep.options.edns = !noEDNS
        sweep.options.recursionDesired = !noRecursion
        sweep.options.dnssecOK = dnssecOK
        var configuration = DNSClient.Configuration()
        configuration.questionsInFlight = max(16384, window * resolvers.count)
        configuration.questionsPerServer = window
        let client = DNSClient(configuration: configuration)
        if answers || failures {
            let list = SweepList(
                client: client, types: types, servers: resolvers, options: sweep.options, window: window, rate: rate,
                isAll: answers)
            let isWhole = await interruptible { await list.run(descriptor) }
            await client.shutdown()
            if !isWhole { throw ExitCode(130) }
            return
        }
        let bar = SweepProgress(total: Self.size(of: descriptor))
        let report = await interruptible { [sweep] in
            await client.sweep(sweep) { report in bar.show(report) }
        }
        await client.shutdown()
        bar.end()
        print(try json ? SweepSummary.json(report) : SweepSummary.text(report))
        if report.isCut { throw ExitCode(130) }
    }

    /// Runs the work and cancels it at Ctrl-C.
    private func interruptible<Result: Sendable>(_ work: @escaping @Sendable () async -> Result) async -> Result {
        let task = Task { await work() }
        signal(SIGINT, SIG_IGN)
        let source = DispatchSource.makeSignalSource(signal: SIGINT)
        source.setEventHandler { task.cancel() }
        source.activate()
        defer { source.cancel() }
        return await task.value
    }

    /// Returns the size of a file in bytes; nil for a pipe.
    private static func size(of descriptor: Int32) -> Int? {
        let end = lseek(descriptor, 0, SEEK_END)
        guard end >= 0, lseek(descriptor, 0, SEEK_SET) == 0 else { return nil }
        return Int(end)
    }

    private static func types(_ text: String) throws -> [RecordType] {
        try text.split(separator: ",").map { word in
            guard let type = RecordType(String(word)) else { throw ValidationError("not a record type: \(word)") }
            return type
        }
    }

    private static func server(_ text: String) throws -> ServerAddress {
        let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
        let isLabelled = parts.count == 2 && !parts[0].contains(":") && !parts[0].contains("/")
        guard let server = ServerAddress(isLabelled ? parts[1] : text) else {
            throw ValidationError("not a server's address: \(text)")
        }
        return server
    }
}
