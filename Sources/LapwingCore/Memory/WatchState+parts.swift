import DNSWire

/// The memory in the parts in which it is stored, so that unchanged parts are not written again.
///
/// No part contains incidents: each incident is stored separately, and ``BookIndex`` refers to them. Verdicts on
/// signatures are not stored.
extension WatchState {
    /// The version of the parts' format; each released format has its own. 1 was the whole memory as one text.
    package static let form = 2

    /// The parts, each of which is written when it has changed.
    package enum Part: String, CaseIterable, Sendable {
        case course, sets, sources, security, registry, book
    }

    /// Values that change in each round, and small ones.
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

    /// The behaviour of servers and resolvers.
    package struct Sources: Sendable, Hashable, Codable {
        var servers: [IPAddress: ServerMemory]
        var resolvers: [String: ResolverMemory]
    }

    /// The accepted delegation and the keys.
    package struct Security: Sendable, Hashable, Codable {
        var baseline: DelegationBaseline
        var chain: ChainMemory
    }

    /// The incident book without the incidents themselves.
    package struct BookIndex: Sendable, Hashable, Codable {
        var next: Int
        /// Identifiers of the open incidents, in the order of the book.
        package var open: [String]
        /// Identifiers of closed incidents that still matter, in the order of the book.
        package var closed: [String]
        var suspicions: [String: IncidentBook.Suspicion]
    }

    /// The values that change in each round, as one part.
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

    /// The behaviour of servers and resolvers, as one part.
    package var sources: Sources {
        get { Sources(servers: servers, resolvers: resolvers) }
        set { (servers, resolvers) = (newValue.servers, newValue.resolvers) }
    }

    /// The accepted delegation and the keys, as one part.
    package var security: Security {
        get { Security(baseline: baseline, chain: chain) }
        set { (baseline, chain) = (newValue.baseline, newValue.chain) }
    }

    /// The incident book as one part; reading it back needs the incidents themselves.
    package var bookIndex: BookIndex {
        BookIndex(
            next: book.next, open: book.open.map(\.id), closed: book.closed.map(\.id), suspicions: book.suspicions)
    }

    /// Restores the incident book.
    ///
    /// - Parameter incidents: the incidents by their identifiers; a missing one is left out.
    package mutating func restore(_ index: BookIndex, incidents: [String: Incident]) {
        book.next = index.next
        book.suspicions = index.suspicions
        book.open = index.open.compactMap { incidents[$0] }
        book.closed = index.closed.compactMap { incidents[$0] }
    }

    /// Returns the value of a part, for writing and for comparison with what was written.
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
