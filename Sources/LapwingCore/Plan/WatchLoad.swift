import DNSWire

/// What a list of watches will cost, before it is watched: questions, and by measured figures CPU, memory, disk and traffic.
///
/// Docs: `docs/performance.md` says where the figures come from.
package struct WatchLoad: Sendable, Hashable {
    /// What one machine was measured to need.
    package struct Figures: Sendable, Hashable {
        /// Microseconds of CPU for a question of a round at rest, the round's share with it.
        package var restQuestion: Double = 6.0
        /// Microseconds of CPU for a question of a first round: judged, learnt and written.
        package var firstQuestion: Double = 30
        /// Bytes of memory for a domain that is learnt, and for the program itself.
        package var domainMemory: Double = 7_200
        package var programMemory: Double = 30_000_000
        /// Bytes in the store for each RRset at each server that was seen.
        package var sightingStore: Double = 270
        /// Bytes of a question and of its answer on the wire, IP and UDP headers with them.
        package var questionSize: Double = 100
        package var answerSize: Double = 200

        package init() {}

        /// The same for a machine that takes this many times as long.
        package func slower(by factor: Double) -> Figures {
            var figures = self
            figures.restQuestion *= factor
            figures.firstQuestion *= factor
            return figures
        }
    }

    /// Watched domains.
    package private(set) var domains = 0
    /// RRsets that are watched, of all domains.
    package private(set) var sets = 0
    /// Questions a second when all domains rest.
    package private(set) var questions = 0.0
    /// Of these, to each resolver.
    package private(set) var resolverQuestions = 0.0
    /// Of these, to servers of the domains and of the zones above them.
    package var otherQuestions: Double { questions - Double(resolvers) * resolverQuestions }
    /// Questions of one round of every domain.
    package private(set) var roundOfAll = 0.0
    /// The shortest interval of a domain, in seconds; nil without domains.
    package private(set) var shortest: Int64?
    private let resolvers: Int
    private let authorities: Int
    private var sizes: [[RecordType]: RoundSize] = [:]

    /// - Parameters:
    ///   - resolvers: how many are compared.
    ///   - authorities: addresses of name servers that a domain has.
    package init(resolvers: Int, authorities: Int) {
        self.resolvers = resolvers
        self.authorities = authorities
    }

    /// Adds a domain.
    package mutating func add(_ watch: Watch) {
        // Watches mostly have the same types at as many names, and so the same size.
        let shape = watch.sets.map(\.type) + [RecordType(rawValue: UInt16(clamping: watch.controls.count))]
        let size = sizes[shape] ?? RoundSize(of: watch)
        if sizes.count < 100 { sizes[shape] = size }
        let interval = Double(max(1, watch.interval))
        let questions = Double(size.questions(resolvers: resolvers, authorities: authorities))
        domains += 1
        sets += watch.sets.count
        roundOfAll += questions
        self.questions += questions / interval
        resolverQuestions += Double(size.eachResolver) / interval
        shortest = min(shortest ?? watch.interval, watch.interval)
    }

    /// What part of one core is busy, 1 for all of it.
    package func cores(_ figures: Figures) -> Double { questions * figures.restQuestion / 1e6 }

    /// Seconds of CPU until everything was looked at once.
    package func learning(_ figures: Figures) -> Double { roundOfAll * figures.firstQuestion / 1e6 }

    /// Bytes of memory when all domains rest.
    package func memory(_ figures: Figures) -> Double { figures.programMemory + Double(domains) * figures.domainMemory }

    /// Bytes in the store when everything was looked at, without changes.
    package func store(_ figures: Figures) -> Double {
        Double(sets * (resolvers + authorities)) * figures.sightingStore
    }

    /// Bytes a second that go out and that come in.
    package func traffic(_ figures: Figures) -> (out: Double, in: Double) {
        (questions * figures.questionSize, questions * figures.answerSize)
    }

    /// By what the intervals have to be multiplied so that this many cores bear it with a third to spare; 1 where they do.
    package func stretch(_ figures: Figures, cores: Double) -> Double {
        max(1, self.cores(figures) / (cores * 2 / 3))
    }
}
