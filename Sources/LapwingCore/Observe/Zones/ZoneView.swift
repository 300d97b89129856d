package import DNSWire

/// What a round saw of a zone as a whole.
package struct ZoneView: Sendable {
    /// What became of it.
    package enum Outcome: Sendable {
        /// The version that is kept is the present one.
        case same
        /// Another version was fetched.
        case taken(ZoneStep)
        /// No server gave it: why, in the order in which they were asked.
        case failed([ZoneFailure])
    }

    package var outcome: Outcome

    package init(_ outcome: Outcome) { self.outcome = outcome }

    /// What is to be written; nil where everything stays.
    package var update: ZoneUpdate? { if case .taken(let step) = outcome { step.update } else { nil } }
}

/// The step from the version of a zone that was kept to the one that was fetched.
package struct ZoneStep: Sendable {
    /// What changed; nil for the first version of all.
    package var difference: ZoneDifference?
    /// The version before; nil for the first.
    package var before: SerialNumber?
    package var update: ZoneUpdate

    package init(difference: ZoneDifference?, before: SerialNumber?, update: ZoneUpdate) {
        self.difference = difference
        self.before = before
        self.update = update
    }
}

/// Why one server did not give the zone.
package struct ZoneFailure: Sendable, Hashable {
    package enum Kind: String, Sendable, Hashable {
        /// Nothing came, or not in time.
        case silent
        /// The server does not give the zone to this machine.
        case refused
        /// Signatures were not accepted, here or there.
        case key
        /// The clocks are too far apart for signatures.
        case clock
        /// What came is no transfer.
        case broken
        /// The zone has more records or bytes than may be.
        case tooLarge = "too-large"
        /// The server has a version from before the one that is kept.
        case older
    }

    package var server: String
    package var kind: Kind
    /// For people, in a few words.
    package var words: String

    package init(_ server: String, _ kind: Kind, _ words: String) {
        self.server = server
        self.kind = kind
        self.words = words
    }
}

/// What is to be found out about a zone as a whole, beside a round's questions.
package struct ZoneErrand: Sendable {
    package var domain: Name
    /// Where it is fetched from; nil where it is not fetched.
    package var source: ZoneSource?
    /// Servers to be asked, without a key, whether they give the zone to anybody.
    package var strangersAsk: [IPAddress]
    /// RRsets that each round looks at by itself.
    package var watched: Set<RecordSetKey>

    package init(domain: Name, source: ZoneSource?, strangersAsk: [IPAddress], watched: Set<RecordSetKey>) {
        self.domain = domain
        self.source = source
        self.strangersAsk = strangersAsk
        self.watched = watched
    }
}

/// What came of a ``ZoneErrand``.
package struct ZoneSight: Sendable {
    /// Nil where the zone was not fetched, and where it could not be tried.
    package var view: ZoneView?
    /// Whether a server gives the zone to anybody, by its address; one that said nothing is missing. Nil when none was asked.
    package var gives: [IPAddress: Bool]?

    package init(view: ZoneView? = nil, gives: [IPAddress: Bool]? = nil) {
        self.view = view
        self.gives = gives
    }
}
