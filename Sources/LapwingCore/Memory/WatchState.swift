internal import DNSSEC
package import DNSWire

/// The whole memory of one watch from round to round; versioned and bounded.
///
/// Size: about 150 bytes for each watched RRset with a steady value, 300 for each source, and the incidents with their
/// evidence (at most 64 kB each, see ``Evidence``).
package struct WatchState: Sendable, Hashable, Codable {
    /// The format version of the stored document; a document with another version is not read.
    package static let version = 1

    /// The format version of this document.
    package var version = WatchState.version
    /// When the first complete round was made; nil if there was none yet.
    package var learntAt: Timestamp?
    /// The number of rounds of any kind; 0 means that nothing is remembered.
    package var rounds = 0
    /// When the earlier memory could not be read and the domain was learnt again; nil for nearly all domains.
    package var lostAt: Timestamp?
    /// The memory of the monitor's clock.
    package var clock = ClockMemory()
    /// The servers and names for the next round.
    package var delegation = DelegationMemory()
    /// The accepted delegation.
    package var baseline = DelegationBaseline()
    /// The memory of each watched RRset.
    package var sets: [RecordSetKey: SetMemory] = [:]
    /// The memory of each server, by address.
    package var servers: [IPAddress: ServerMemory] = [:]
    /// Serials seen at any accepted server, latest first, at most eight.
    package var serials: [SeenSerial] = []
    /// The memory of each resolver, by its label.
    package var resolvers: [String: ResolverMemory] = [:]
    /// The memory of keys and signatures.
    package var chain = ChainMemory()
    /// The memory of the registration.
    package var registry = RegistryMemory()
    /// The memory of names outside the domain that it relies on.
    package var dependencies: [Name: DependencyMemory] = [:]
    /// Signs of changes to come.
    package var preparation = PreparationMemory()
    /// Unannounced events at the registrar; nil if there were none, and in data of earlier versions.
    package var forewarnings: ForewarningMemory?
    /// Maintenance windows that are open, or were open recently.
    package var announcements: [Announcement] = []
    /// Announcements of exact values; nil if there are none, and in data of earlier versions.
    package var announced: [AnnouncedMemory]?
    /// Servers that give the zone to anyone; nil if they were not asked yet, and in data of earlier versions.
    package var transfers: TransferMemory?
    /// The records that are normal at other places; nil if there are none, and in data of earlier versions.
    package var places: [String: PlaceMemory]?
    /// The place that judged the domain last; nil if there is only one place.
    package var seenFrom: String?
    /// Incidents and suspicions.
    package var book = IncidentBook()
    /// Recorded changes that still last; nil if there are none.
    package var lasting: LastingChanges?
    /// Verdicts on signatures; computed again after a start.
    package var verdicts = VerdictCache()

    package init() {}

    private enum CodingKeys: String, CodingKey {
        case version, learntAt, rounds, lostAt, clock, delegation, baseline, sets, servers, serials, resolvers, chain,
            registry
        case dependencies, preparation, forewarnings, announcements, announced, book, lasting, transfers,
            places, seenFrom
    }

    /// Begins again after the earlier memory could not be read.
    ///
    /// - Parameters:
    ///   - open: the open incidents. Those that only the lost memory could close stay open until a person accepts them.
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

    /// More rounds than will ever happen.
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
    /// The largest number of records that are kept for one name.
    static let limit = 16

    /// Since when it does not exist; nil while it does.
    package var absentSince: Timestamp?
    /// The number of consecutive regular rounds in which it did not exist.
    package var absentPolls = 0
    /// Its data when it existed, the newest first; nil if there was none yet.
    package var data: [Member]?

    package init() {}

    mutating func note(_ view: DependencyView) {
        let fresh = view.data.map(Member.init)
        let known = data ?? []
        // A different order is not news: a domain with an unchanged memory may rest.
        guard !fresh.allSatisfy(known.contains) else { return }
        data = Array((fresh + known.filter { !fresh.contains($0) }).prefix(Self.limit))
    }
}

/// Signs of a coming change, seen before the change itself.
package struct PreparationMemory: Sendable, Hashable, Codable {
    /// When a verification token was last added; nil if none was.
    package var tokenAt: Timestamp?
    /// When SPF last gained further senders; nil if it never did.
    package var sendersAt: Timestamp?
    /// When a policy was last loosened without an announcement; nil if none was, or if a person accepted it.
    package var loosenedAt: Timestamp?

    package init() {}
}

/// A maintenance window, with the state of its subjects before it opened.
package struct Announcement: Sendable, Hashable, Codable {
    /// The largest number of remembered announcements.
    package static let limit = 16

    /// When the window opens.
    package var from: Timestamp
    /// When it closes.
    package var to: Timestamp
    /// The subjects in words, sorted: `MX`, `registrar`.
    package var subjects: [String]
    /// The values of its subjects before it opened, as text.
    package var before: [String]
    /// Whether a subject was changed in the window.
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
