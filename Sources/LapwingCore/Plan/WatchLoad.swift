import DNSWire

/// The expected cost of a list of watches: questions and, by measured figures, CPU, memory, disk and traffic.
///
/// `docs/performance.md` explains where the figures come from.
package struct WatchLoad: Sendable, Hashable {
    /// The measured costs on one machine.
    package struct Figures: Sendable, Hashable {
        /// Microseconds of CPU for a question of a recheck, including its share of the round.
        package var restQuestion: Double = 6.0
        /// Microseconds of CPU for a question of a first round, including judgement, learning and writing.
        package var firstQuestion: Double = 30
        /// Bytes of memory for a learnt domain, including the room between small values.
        package var domainMemory: Double = 12_300
        /// Bytes more for a domain while there are few: its response times, and its decoded memory.
        package var trailMemory: Double = 22_000
        /// The number of domains from which on these are no longer kept for all.
        package var trailed: Double = 2_000
        /// Bytes of memory for the program itself, without domains.
        package var programMemory: Double = 20_000_000
        /// Bytes in the store for each RRset at each server.
        package var sightingStore: Double = 270
        /// Bytes of a question on the wire, including IP and UDP headers.
        package var questionSize: Double = 100
        /// Bytes of its answer, likewise.
        package var answerSize: Double = 200

        package init() {}

        /// Returns the figures for a machine that takes this many times as long.
        package func slower(by factor: Double) -> Figures {
            var figures = self
            figures.restQuestion *= factor
            figures.firstQuestion *= factor
            return figures
        }
    }

    /// The number of watched domains.
    package private(set) var domains = 0
    /// The number of watched RRsets of all domains.
    package private(set) var sets = 0
    /// Questions a second when all domains are at rest.
    package private(set) var questions = 0.0
    /// The share of these questions that goes to each resolver.
    package private(set) var resolverQuestions = 0.0
    /// The share of these questions that goes to servers of the domains and of their parent zones.
    package var otherQuestions: Double { questions - Double(resolvers) * resolverQuestions }
    /// The number of questions in one round of every domain.
    package private(set) var roundOfAll = 0.0
    /// The shortest interval of a domain, in seconds; nil if there are no domains.
    package private(set) var shortest: Int64?
    private let resolvers: Int
    private let authorities: Int
    private var sizes: [[RecordType]: RoundSize] = [:]

    /// - Parameters:
    ///   - resolvers: the number of resolvers that are compared.
    ///   - authorities: the number of name server addresses of a domain.
    package init(resolvers: Int, authorities: Int) {
        self.resolvers = resolvers
        self.authorities = authorities
    }

    /// Adds a domain.
    package mutating func add(_ watch: Watch) {
        // Most watches have the same types at the same number of names, and so the same size.
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

    /// Returns the busy share of one core, 1 for all of it.
    package func cores(_ figures: Figures) -> Double { questions * figures.restQuestion / 1e6 }

    /// Returns the seconds of CPU for one first round of every domain.
    package func learning(_ figures: Figures) -> Double { roundOfAll * figures.firstQuestion / 1e6 }

    /// Returns the bytes of memory when all domains are at rest.
    package func memory(_ figures: Figures) -> Double {
        let domains = Double(domains)
        return figures.programMemory + domains * figures.domainMemory
            + min(domains, figures.trailed) * figures.trailMemory
    }

    /// Returns the bytes in the store after one round of every domain, without changes.
    package func store(_ figures: Figures) -> Double {
        Double(sets * (resolvers + authorities)) * figures.sightingStore
    }

    /// Returns the bytes a second that are sent and received.
    package func traffic(_ figures: Figures) -> (out: Double, in: Double) {
        (questions * figures.questionSize, questions * figures.answerSize)
    }

    /// Returns the factor for the intervals at which this many cores have a third to spare; 1 if they already do.
    package func stretch(_ figures: Figures, cores: Double) -> Double {
        max(1, self.cores(figures) / (cores * 2 / 3))
    }
}
