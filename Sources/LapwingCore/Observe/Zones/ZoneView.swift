package import DNSWire

/// What a round saw of a zone as a whole.
package struct ZoneView: Sendable {
    /// The result of the attempt to fetch it.
    package enum Outcome: Sendable {
        /// The kept version is the present one.
        case same
        /// Another version was fetched.
        case taken(ZoneStep)
        /// No server gave it; the reasons, in the order in which the servers were asked.
        case failed([ZoneFailure])
    }

    /// The result of this round's attempt.
    package var outcome: Outcome

    package init(_ outcome: Outcome) { self.outcome = outcome }

    /// The changes to write; nil if nothing changes.
    package var update: ZoneUpdate? { if case .taken(let step) = outcome { step.update } else { nil } }
}

/// The step from the kept version of a zone to the fetched one.
package struct ZoneStep: Sendable {
    /// The changes; nil for the first version.
    package var difference: ZoneDifference?
    /// The serial of the version before; nil for the first.
    package var before: SerialNumber?
    /// The changes to write, so that the fetched version is the kept one.
    package var update: ZoneUpdate

    package init(difference: ZoneDifference?, before: SerialNumber?, update: ZoneUpdate) {
        self.difference = difference
        self.before = before
        self.update = update
    }
}

/// Why one server did not give the zone.
package struct ZoneFailure: Sendable, Hashable {
    /// The reason, as far as it determines what to advise.
    package enum Kind: String, Sendable, Hashable {
        /// No answer arrived, or not in time.
        case silent
        /// The server does not give the zone to this machine.
        case refused
        /// Signatures were not accepted, by the server or by this machine.
        case key
        /// The clocks are too far apart for signatures.
        case clock
        /// The answer is not a transfer.
        case broken
        /// The zone has more records or bytes than allowed.
        case tooLarge = "too-large"
        /// The server has an older version than the kept one.
        case older
    }

    /// The server that was asked, with the port if that is not the default.
    package var server: String
    /// The reason.
    package var kind: Kind
    /// A short description for people.
    package var words: String

    package init(_ server: String, _ kind: Kind, _ words: String) {
        self.server = server
        self.kind = kind
        self.words = words
    }
}
