package import DNSWire

extension Flow {
    /// Turns the events of all watches into messages: grouped where domains share a cause, left out where silenced.
    ///
    /// The same events give the same notices when worked out again, so a crash in between repeats nothing.
    package static func speak(
        events: [IncidentEvent], said: SaidLog, routes: [Route], silences: [Silence], tags: [Name: [String]] = [:],
        at now: Timestamp
    ) -> (notices: [Notice], said: SaidLog) {
        var speaker = Speaker(said: said, routes: routes, silences: silences, tags: tags, now: now)
        let notices = speaker.speak(events)
        return (notices, speaker.said)
    }
}
