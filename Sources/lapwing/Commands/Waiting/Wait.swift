import ArgumentParser
import DNSClient
import DNSSEC
import DNSWire
import Foundation
import LapwingConfig
import LapwingCore
import LapwingCrypto
import LapwingEngine
import LapwingProbes

/// Waits until a change is visible, and predicts when that will be.
struct Wait: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "wait", abstract: "Waits until a record is visible everywhere, and predicts when that will be.",
        discussion: """
            Asks every authoritative server, and the resolvers when all servers have it: a resolver that is asked earlier \
            would keep the old answer. Without a value any record of the type is accepted; given values must be among the \
            records, or with --exactly be all of them. TXT texts need no quotes.

            Exit code 0: it is there. 1: it is not, by the end of --timeout. 3: no answer lacks it, but not all sources \
            answer. 130: interrupted.

            Examples:
              lapwing wait www.example.com A 192.0.2.7
              lapwing wait _acme-challenge.example.com TXT --authorities --timeout 5m -- "$CERTBOT_VALIDATION"
              lapwing wait old.example.com A --absent --json
            """)

    /// The sources that must have the change.
    enum ScopeFlag: String, EnumerableFlag {
        case everywhere, authorities, resolvers

        static func help(for value: ScopeFlag) -> ArgumentHelp? {
            switch value {
            case .everywhere: "All authoritative servers and all resolvers must have it."
            case .authorities: "The authoritative servers must have it; resolvers are not asked."
            case .resolvers: "The resolvers must have it; authoritative servers are not asked."
            }
        }
    }

    @Argument(help: "The name.")
    var name: String

    @Argument(help: "The type.")
    var type: String

    @Argument(help: "The values, as in a zone file; put -- first if one begins with a dash.")
    var values: [String] = []

    @Flag(exclusivity: .exclusive)
    var scope = ScopeFlag.everywhere

    @Flag(help: "There must be no other values.")
    var exactly = false

    @Flag(name: [.customLong("absent"), .customLong("gone")], help: "The values, or all of the type, are gone.")
    var absent = false

    @Option(help: "Longest wait: 90s, 5m, 2h.", transform: Self.duration)
    var timeout: Int64 = 1800

    @Option(
        name: .customLong("resolver"),
        help: "A resolver to ask, [NAME=]ADDRESS; repeatable, replaces the configured ones.",
        transform: NetworkOptions.resolver)
    var resolvers: [ResolverSpecification] = []

    @Option(name: [.customLong("config"), .customLong("config.file")], help: "Take resolvers from this file.")
    var config: String?

    @Option(help: "File with the root servers, in the format of named.root.")
    var rootHints: String?

    @Flag(help: "Print nothing while waiting.")
    var quiet = false

    @OptionGroup var output: OutputOptions

    func validate() throws {
        if exactly, absent { throw ValidationError("--exactly and --absent contradict each other") }
        if exactly, values.isEmpty { throw ValidationError("--exactly needs values") }
        _ = try awaited
        let labels = resolvers.map(\.label)
        if let twice = labels.first(where: { label in labels.count { $0 == label } > 1 }) {
            throw ValidationError("two resolvers are called `\(twice)`")
        }
    }

    func run() async throws {
        var settings = Settings()
        settings.resolvers = SettingsReader.defaultResolvers
        if let config { settings = try SettingsFile.read(config) }
        if !resolvers.isEmpty { settings.resolvers = resolvers }
        guard scope == .authorities || !settings.resolvers.isEmpty else {
            throw ValidationError("there are no resolvers to ask; --authorities does without")
        }
        let clock = EngineClock.system
        let client = DNSClient()
        let began = clock.steady()
        let wait = PropagationWait(
            try awaited, scope: PropagationWait.Scope(rawValue: scope.rawValue) ?? .everywhere,
            resolvers: settings.resolvers.map(\.label), began: began)
        let driver = try await driver(client, settings, clock)
        let deadline = began.adding(seconds: timeout)
        let progress = WaitProgress(isQuiet: quiet, deadline: deadline)
        let task = Task { await driver.run(wait, until: deadline) { progress.tell($0, at: $1) } }
        let (outcome, isCut) = await Self.interruptible(task)
        progress.clear()
        await client.shutdown()
        let report = WaitReport(
            outcome, at: clock.steady(), addresses: settings.resolvers, firstForecast: progress.firstForecast)
        switch output.format {
        case .json: try JSONOutput.print(report)
        case .jsonl: try JSONOutput.print(line: report)
        case .nagios: print(report.nagios)
        case .table, .plain: print(report.text)
        }
        if isCut { throw ExitCode(130) }
        if report.code != 0 { throw ExitCode(report.code) }
    }

    private func driver(
        _ client: DNSClient, _ settings: Settings, _ clock: EngineClock
    ) async throws -> PropagationDriver {
        var network = NetworkOptions()
        (network.rootHints, network.trustAnchor, network.at) = (rootHints ?? settings.rootHints, nil, nil)
        (network.timeout, network.resolvers) = (nil, [])
        let roots = try network.resolverSettings().roots
        let usesIPv6 = IPv6Reachability.isPresent()
        let unasked = network.unasked(settings)
        if scope != .resolvers, let reason = await network.interception(over: client, roots: roots) {
            StandardError.print(reason.text.visible)
            await client.shutdown()
            throw ExitCode(3)
        }
        var walk = ResolverSettings(roots: roots, anchors: .none, usesIPv6: usesIPv6)
        walk.keepsTrace = false
        let resolution = ResolutionDriver(
            client: client, settings: walk, verifier: LibcryptoVerifier(), unasked: unasked)
        let finder = AuthorityFinder(usesIPv6: usesIPv6) { question, memory in
            await resolution.resolve(question, memory: &memory, now: clock.steady().seconds)
        }
        return PropagationDriver(
            finder: finder,
            exchange: ProbeExchange(
                client: client, timeout: .milliseconds(2500), unasked: unasked, now: clock.steady),
            resolvers: settings.resolvers, now: clock.steady)
    }

    /// Cancels the work at Ctrl-C, and returns whether that happened.
    private static func interruptible(
        _ task: Task<PropagationWait, Never>
    ) async -> (PropagationWait, isCut: Bool) {
        signal(SIGINT, SIG_IGN)
        let source = DispatchSource.makeSignalSource(signal: SIGINT)
        source.setEventHandler { task.cancel() }
        source.activate()
        defer { source.cancel() }
        let outcome = await task.value
        return (outcome, task.isCancelled)
    }

    private var awaited: AwaitedSet {
        get throws {
            guard let owner = InternationalName.parse(name) else {
                _ = try NetworkOptions.name(name)
                throw ValidationError("not a domain name: \(name)")
            }
            guard let wanted = RecordType(type) else { throw ValidationError("not a record type: \(type)") }
            let condition: AwaitedSet.Condition =
                absent ? .absent : exactly ? .exactly : values.isEmpty ? .exists : .contains
            do throws(ZoneTextError) {
                return try AwaitedSet(key: RecordSetKey(owner, wanted), condition: condition, texts: values)
            } catch {
                throw ValidationError("no data of type \(wanted): \(error.text)")
            }
        }
    }

    private static func duration(_ text: String) throws -> Int64 {
        guard let seconds = DurationText.seconds(text) ?? Int64(text), (1...30 * 86_400).contains(seconds) else {
            throw ValidationError("`\(text)` is no duration of up to 30 days; write 90s, 5m or 2h")
        }
        return seconds
    }
}
