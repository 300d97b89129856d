import Foundation
import LapwingConfig
import LapwingCore

/// The result of `plan`, for people and for programs.
struct PlanReport: Encodable {
    /// A registration server, with the time that it takes to ask it about all domains of its registry.
    struct Registry: Encodable {
        var server: String
        var domains: Int
        var perDay: Int64
        /// Days until each domain was asked about once.
        var days: Double
        /// Whether each domain is asked about once a day, as required.
        var isDaily: Bool
    }

    var domains: Int
    var recordSets: Int
    /// The slowness of this machine relative to the one of the figures.
    var slowness: Double
    var cores: Int
    var questionsPerSecond: Double
    var questionsPerSecondToEachResolver: Double
    /// To the servers of the domains and of their parent zones.
    var questionsPerSecondToAuthorities: Double
    /// The load of the CPU while nothing changes; 1 is one full core.
    var busyCores: Double
    /// Seconds until each domain was checked once.
    var learningSeconds: Double
    var memoryBytes: Double
    var storeBytes: Double
    var bytesOutPerSecond: Double
    var bytesInPerSecond: Double
    /// Queries per second that the configuration allows in total, and at the resolver with the lowest limit.
    var budgetInAll: Int
    var budgetOfResolver: Int?
    /// Whether the budgets allow the planned queries.
    var isInBudget: Bool
    /// The shortest interval in seconds that is possible for all domains; nil if the configured ones can be met.
    var bearableInterval: Int64?
    /// Sorted by load, the busiest first.
    var registries: [Registry]
    /// Whether everything can be asked as often as required.
    var fits: Bool

    /// - Parameter ofResolver: queries per second at the resolver with the lowest limit; nil if none has one.
    init(
        _ load: WatchLoad, speed: Double, cores: Int, budgets: (inAll: Int, ofResolver: Int?), registries: [Registry]
    ) {
        let figures = WatchLoad.Figures().slower(by: speed)
        domains = load.domains
        recordSets = load.sets
        slowness = speed
        self.cores = cores
        questionsPerSecond = load.questions
        questionsPerSecondToEachResolver = load.resolverQuestions
        questionsPerSecondToAuthorities = load.otherQuestions
        busyCores = load.cores(figures)
        // First rounds are spread over the start, even if there is no other load.
        learningSeconds = max(
            load.learning(figures) / Double(cores),
            Double(load.domains) / Double(Schedule.firstsASecond(of: load.domains)))
        memoryBytes = load.memory(figures)
        storeBytes = load.store(figures)
        (bytesOutPerSecond, bytesInPerSecond) = load.traffic(figures)
        budgetInAll = budgets.inAll
        budgetOfResolver = budgets.ofResolver
        let excess = max(
            load.questions / Double(budgets.inAll),
            budgets.ofResolver.map { load.resolverQuestions / Double($0) } ?? 0)
        isInBudget = excess <= 1
        let stretch = max(load.stretch(figures, cores: Double(cores)), excess)
        if stretch > 1, let shortest = load.shortest {
            bearableInterval = Int64((Double(shortest) * stretch / 60).rounded(.up) * 60)
        }
        self.registries = registries
        fits = stretch <= 1 && registries.allSatisfy(\.isDaily)
    }

    /// Public resolvers begin to refuse more queries per second than this from one address.
    private static let publicLimit = 500.0
    /// The largest number of registries that are shown.
    private static let shown = 5

    /// The report as text: the figures, then the recommended action for those that do not fit.
    var text: String {
        var rows = [
            ["domains", "\(domains), \(recordSets) record sets"],
            [
                "questions",
                "\(Self.number(questionsPerSecond)) a second: \(Self.number(questionsPerSecondToEachResolver)) to each resolver, "
                    + "\(Self.number(questionsPerSecondToAuthorities)) to name servers",
            ],
            ["CPU at rest", "\(Self.percent(busyCores)) of one core; there \(cores == 1 ? "is 1" : "are \(cores)")"],
            ["first look at all", "\(Self.time(learningSeconds)) with all cores"],
            ["memory", ByteText.text(Int64(memoryBytes))],
            ["store", "\(ByteText.text(Int64(storeBytes))) when all is learnt; grows with what changes"],
            [
                "traffic",
                "\(ByteText.text(Int64(bytesOutPerSecond))) a second out, \(ByteText.text(Int64(bytesInPerSecond))) in",
            ],
        ]
        for registry in registries.prefix(Self.shown) {
            rows.append([
                "registrations",
                "\(registry.server): \(registry.domains) at \(registry.perDay) a day, all once in "
                    + Self.time(registry.days * 86_400),
            ])
        }
        let lines = TextTable(rows: rows).lines(width: TextTable.terminalWidth)
        let basis = String(
            format: "Estimated from measured figures; this machine takes %.1f times as long as the one measured.",
            slowness)
        return (lines + ["", basis] + advice).joined(separator: "\n")
    }

    private var advice: [String] {
        var advice: [String] = []
        if let bearableInterval {
            let reason =
                isInBudget
                ? "Too much for \(cores == 1 ? "one core" : "\(cores) cores")"
                : "More than `budgets` allow (\(budgetInAll) a second in all"
                    + (budgetOfResolver.map { ", \($0) at a resolver" } ?? "") + ")"
            advice.append(
                "\(reason): rounds would be late. An interval of \(DurationText.text(bearableInterval)) can be kept.")
        }
        if questionsPerSecondToEachResolver > Self.publicLimit {
            advice.append(
                "Public resolvers limit what one address may ask; ask their operators, or compare with resolvers of your "
                    + "own.")
        }
        for registry in registries.prefix(Self.shown) where !registry.isDaily {
            advice.append(
                "\(registry.server) cannot be asked about each domain every day. If it grants you more, say so under "
                    + "registration: {budgets: {\(registry.server): …}}; an `expires` of the domain is known without "
                    + "asking.")
        }
        return advice.isEmpty ? ["It fits."] : advice
    }

    private static func number(_ value: Double) -> String { String(format: value < 10 ? "%.1f" : "%.0f", value) }

    private static func percent(_ cores: Double) -> String {
        String(format: cores < 0.1 ? "%.1f %%" : "%.0f %%", cores * 100)
    }

    private static func time(_ seconds: Double) -> String {
        switch seconds {
        case ..<1: "less than a second"
        case ..<120: String(format: "%.0f s", seconds)
        case ..<7200: String(format: "%.0f min", seconds / 60)
        case ..<172_800: String(format: "%.1f h", seconds / 3600)
        default: String(format: "%.0f days", seconds / 86_400)
        }
    }
}
