package import DNSWire

extension Flow {
    /// Turns the events of all watches into messages: grouped where domains share a cause, held back where silenced.
    ///
    /// The same events give the same notices when worked out again, so a crash in between repeats nothing.
    ///
    /// - Parameters:
    ///   - events: what happened since the last time, in its order.
    ///   - released: events that a silence held back and that holds them no longer, if nothing has happened to their
    ///     incidents since.
    ///   - keepers: the channels whose other side keeps a list of what is open; nil for all.
    ///   - resolvers: the channels among them that take what is undone for its end, see ``Channel/Kind/endsWhatIsUndone``.
    ///   - neighbours: how many domains are watched. The first message about a cause that domains share waits for others
    ///     while not all of them are in it.
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

/// What is to be said, and what is not said yet.
package struct Speech: Sendable, Hashable {
    /// Messages for the outbox.
    package var notices: [Notice] = []
    /// What was said, these messages included.
    package var said: SaidLog
    /// Events that are silenced, by id, and until when.
    package var held: [String: Timestamp] = [:]
    /// What became of each event, by its id.
    package var tellings: [String: [Telling]] = [:]
    /// When there is something to say although nothing happens.
    package var next: Timestamp?
}
