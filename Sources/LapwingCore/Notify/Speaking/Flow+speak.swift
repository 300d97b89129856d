package import DNSWire

extension Flow {
    /// Turns the events of all watches into notices: grouped if domains share a cause, held back if a silence mutes
    /// them.
    ///
    /// The same events give the same notices when computed again, so a crash in between repeats nothing.
    ///
    /// - Parameters:
    ///   - events: the events since the last call, in their order.
    ///   - released: events that a silence muted and mutes no longer, if their incidents had no further events since.
    ///   - keepers: the channels whose receivers keep a list of open incidents; nil for all.
    ///   - resolvers: the channels among them that treat an undone incident as closed, see
    ///     ``Channel/Kind/endsWhatIsUndone``.
    ///   - neighbours: the number of watched domains. The first message about a shared cause waits for other domains
    ///     unless all of them have joined.
    package static func speak(
        events: [IncidentEvent], released: [IncidentEvent] = [], said: SaidLog, routes: [Route], silences: [Silence],
        acknowledgements: [Acknowledgement] = [], tags: [Name: [String]] = [:], seal: LinkSeal? = nil,
        keepers: Set<String>? = nil, resolvers: Set<String> = [], neighbours: Int = 1,
        watched: @Sendable () -> Watched? = { nil }, at now: Timestamp
    ) -> Speech {
        let terms = Speaker.Terms(
            routes: routes, silences: silences, acknowledgements: acknowledgements, tags: tags, seal: seal,
            keepers: keepers, resolvers: resolvers, neighbours: neighbours)
        var speaker = Speaker(speech: Speech(said: said), terms: terms, now: now)
        speaker.speak(events, released: released, watched: watched)
        return speaker.speech
    }
}

/// The messages to send and the ones that are held back.
package struct Speech: Sendable, Hashable {
    /// Messages for the outbox.
    package var notices: [Notice] = []
    /// The log of what was said, including these messages.
    package var said: SaidLog
    /// The muted events by id, and the ends of their silences.
    package var held: [String: Timestamp] = [:]
    /// The treatment of each event, by its id.
    package var tellings: [String: [Telling]] = [:]
    /// When a message is due even if no further event happens; nil if none is.
    package var next: Timestamp?
}
