import DNSWire

/// Memory in the parts in which it is kept, so that what did not change is not written again.
///
/// Incidents are in none of them: each is kept once, by itself, and ``BookIndex`` names them. Verdicts on signatures are
/// not kept.
extension WatchState {
    /// The form of the parts; a number for each that was ever released. 1 was the whole memory as one text.
    package static let form = 2

    /// The parts, each of which is written when it has changed.
    package enum Part: String, CaseIterable, Sendable {
        case course, sets, sources, security, registry, book
    }

    /// What moves on with the rounds, and what is small.
    package struct Course: Sendable, Hashable, Codable {
        var learntAt: Timestamp?
        var rounds: Int
        var lostAt: Timestamp?
        var clock: ClockMemory
        var delegation: DelegationMemory
        var serials: [SeenSerial]
        var dependencies: [Name: DependencyMemory]
        var preparation: PreparationMemory
        var forewarnings: ForewarningMemory?
        var announcements: [Announcement]
        var announced: [AnnouncedMemory]?
        var lasting: LastingChanges?
        var transfers: TransferMemory?
        var places: [String: PlaceMemory]?
        var seenFrom: String?
    }

    /// Who answers how.
    package struct Sources: Sendable, Hashable, Codable {
        var servers: [IPAddress: ServerMemory]
        var resolvers: [String: ResolverMemory]
    }

    /// Who the domain is delegated to, and by which keys it is trusted.
    package struct Security: Sendable, Hashable, Codable {
        var baseline: DelegationBaseline
        var chain: ChainMemory
    }

    /// The book of incidents without the incidents themselves.
    package struct BookIndex: Sendable, Hashable, Codable {
        var next: Int
        /// In the order of the book.
        package var open: [String]
        /// Incidents that are over and still matter, in the order of the book.
        package var closed: [String]
        var suspicions: [String: IncidentBook.Suspicion]
    }

    /// What moves on with the rounds, as one part.
    package var course: Course {
        get {
            Course(
                learntAt: learntAt, rounds: rounds, lostAt: lostAt, clock: clock, delegation: delegation,
                serials: serials, dependencies: dependencies, preparation: preparation, forewarnings: forewarnings,
                announcements: announcements, announced: announced,
                lasting: lasting, transfers: transfers, places: places, seenFrom: seenFrom)
        }
        set {
            (learntAt, rounds, lostAt, clock) = (newValue.learntAt, newValue.rounds, newValue.lostAt, newValue.clock)
            (delegation, serials, dependencies) = (newValue.delegation, newValue.serials, newValue.dependencies)
            (preparation, forewarnings) = (newValue.preparation, newValue.forewarnings)
            (announcements, announced, lasting) = (newValue.announcements, newValue.announced, newValue.lasting)
            (transfers, places, seenFrom) = (newValue.transfers, newValue.places, newValue.seenFrom)
        }
    }

    /// Who answers how, as one part.
    package var sources: Sources {
        get { Sources(servers: servers, resolvers: resolvers) }
        set { (servers, resolvers) = (newValue.servers, newValue.resolvers) }
    }

    /// Delegation and keys that are trusted, as one part.
    package var security: Security {
        get { Security(baseline: baseline, chain: chain) }
        set { (baseline, chain) = (newValue.baseline, newValue.chain) }
    }

    /// The book of incidents as one part; it is put together again with the incidents themselves.
    package var bookIndex: BookIndex {
        BookIndex(
            next: book.next, open: book.open.map(\.id), closed: book.closed.map(\.id), suspicions: book.suspicions)
    }

    /// Opens the book again.
    ///
    /// - Parameter incidents: by their identifier; one that is missing is left out.
    package mutating func restore(_ index: BookIndex, incidents: [String: Incident]) {
        book.next = index.next
        book.suspicions = index.suspicions
        book.open = index.open.compactMap { incidents[$0] }
        book.closed = index.closed.compactMap { incidents[$0] }
    }

    /// What a part holds, to be written and to be compared with what was written.
    package func value(of part: Part) -> any Hashable & Encodable & Sendable {
        switch part {
        case .course: course
        case .sets: sets
        case .sources: sources
        case .security: security
        case .registry: registry
        case .book: bookIndex
        }
    }
}
