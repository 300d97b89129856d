internal import DNSSEC
package import DNSWire

/// All that is remembered of one watch from round to round; stored as it is, versioned, bounded.
///
/// Size: about 150 bytes for each watched RRset with a steady value, 300 for each source, and the incidents with their
/// evidence (at most 64 kB each, see ``Evidence``).
package struct WatchState: Sendable, Hashable, Codable {
    /// The form of the stored document; a document of another form is not read.
    package static let version = 1

    /// The form of this document.
    package var version = WatchState.version
    /// When the first complete round was made; nil before.
    package var learntAt: Timestamp?
    /// Rounds of any kind so far; 0 means that nothing is remembered.
    package var rounds = 0
    /// When what was known before could not be read and the domain was learnt again; nil for nearly all.
    package var lostAt: Timestamp?
    /// The monitor's clock.
    package var clock = ClockMemory()
    /// Where the next round asks.
    package var delegation = DelegationMemory()
    /// The accepted delegation.
    package var baseline = DelegationBaseline()
    /// What is known of each watched RRset.
    package var sets: [RecordSetKey: SetMemory] = [:]
    /// What is known of each server, by address.
    package var servers: [IPAddress: ServerMemory] = [:]
    /// Serials seen at any accepted server, latest first, with when each was first seen; at most eight.
    package var serials: [SeenSerial] = []
    /// What is known of each resolver, by its label.
    package var resolvers: [String: ResolverMemory] = [:]
    /// Keys and signatures.
    package var chain = ChainMemory()
    /// The registration.
    package var registry = RegistryMemory()
    /// Names outside the domain that it relies on.
    package var dependencies: [Name: DependencyMemory] = [:]
    /// Signs of changes to come.
    package var preparation = PreparationMemory()
    /// Nil as long as there was nothing, and in what earlier versions wrote.
    package var forewarnings: ForewarningMemory?
    /// Maintenance windows that are open, or were recently.
    package var announcements: [Announcement] = []
    /// Announcements with content; nil where there are none, and in what earlier versions wrote.
    package var announced: [AnnouncedMemory]?
    /// Servers that give the zone to anybody; nil before they were asked, and in what earlier versions wrote.
    package var transfers: TransferMemory?
    /// What other places get; nil where nobody looks from any, and in what earlier versions wrote.
    package var places: [String: PlaceMemory]?
    /// The place from which it was judged last; nil where there is one only.
    package var seenFrom: String?
    /// Incidents and suspicions.
    package var book = IncidentBook()
    /// Changes that were written down and last; nil where there are none.
    package var lasting: LastingChanges?
    /// Verdicts on signatures; worked out again after a start.
    package var verdicts = VerdictCache()

    package init() {}

    private enum CodingKeys: String, CodingKey {
        case version, learntAt, rounds, lostAt, clock, delegation, baseline, sets, servers, serials, resolvers, chain,
            registry
        case dependencies, preparation, forewarnings, announcements, announced, book, lasting, transfers,
            places, seenFrom
    }

    /// Begins again after what was known could not be read.
    ///
    /// - Parameters:
    ///   - open: incidents that were open. Those that only the lost memory could end stay until a person accepts them.
    ///   - nextIncident: a number that no earlier incident has.
    package init(afterLossAt now: Timestamp, open: [Incident], nextIncident: Int) {
        lostAt = now
        book.next = nextIncident
        book.open = open.map { incident in
            var incident = incident
            let learnt: [Cause] = [.delegation, .secureDelegation, .content, .change, .loss, .holder]
            if learnt.contains(incident.cause) { incident.clearing = .absent(polls: Self.never) }
            return incident
        }
    }

    /// More rounds than there will ever be.
    private static let never = 1_000_000_000

    /// A serial, and when it was first seen.
    package struct SeenSerial: Sendable, Hashable, Codable {
        /// The serial (RFC 1982).
        package var serial: UInt32
        /// When it was first seen.
        package var first: Timestamp
    }
}

/// A name outside the domain that it relies on.
package struct DependencyMemory: Sendable, Hashable, Codable {
    /// Data kept of one name.
    static let limit = 16

    /// Since when it does not exist; nil while it does.
    package var absentSince: Timestamp?
    /// Regular rounds in a row in which it did not exist.
    package var absentPolls = 0
    /// What it had when it existed, the last that was new first; nil before anything was seen.
    package var data: [Member]?

    package init() {}

    mutating func note(_ view: DependencyView) {
        let fresh = view.data.map(Member.init)
        let known = data ?? []
        // Another order is nothing new: a domain whose memory stays as it is may rest.
        guard !fresh.allSatisfy(known.contains) else { return }
        data = Array((fresh + known.filter { !fresh.contains($0) }).prefix(Self.limit))
    }
}

/// Signs that a change is on its way, seen before the change itself.
package struct PreparationMemory: Sendable, Hashable, Codable {
    /// When a verification token was last added.
    package var tokenAt: Timestamp?
    /// SPF took in further senders.
    package var sendersAt: Timestamp?
    /// A policy was loosened without a word from the owner.
    package var loosenedAt: Timestamp?

    package init() {}
}

/// A declared window, with what it is about as it was when the window opened.
package struct Announcement: Sendable, Hashable, Codable {
    /// Announcements that are remembered at most.
    package static let limit = 16

    /// When the window opens.
    package var from: Timestamp
    /// When it closes.
    package var to: Timestamp
    /// In words, sorted: `MX`, `registrar`.
    package var subjects: [String]
    /// The values of its subjects when it opened, as text.
    package var before: [String]
    /// Something of it was changed meanwhile.
    package var isDone = false

    package init(from: Timestamp, to: Timestamp, subjects: [String], before: [String]) {
        self.from = from
        self.to = to
        self.subjects = subjects
        self.before = before
    }
}

/// Verdicts on signatures, so that a round verifies only what it has not seen before.
package struct VerdictCache: Sendable, Hashable {
    var signatures = SignatureVerdicts()

    package init() {}
}
