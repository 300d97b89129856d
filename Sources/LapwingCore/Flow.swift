package import DNSSEC
package import DNSWire

/// The thinking of the product: from what one round saw to what is told, in two functions without a clock.
package enum Flow {
    /// Judges one round of one watch.
    package static func round(
        watch: Watch, state: WatchState, snapshot: Snapshot, verifier: any SignatureVerifier, rules: [Rule] = Rulebook.all
    ) -> RoundOutcome {
        RoundOutcome(state: state)
    }
}

/// What came of a round.
package struct RoundOutcome: Sendable {
    /// Memory for the next round.
    package var state: WatchState
    package var events: [IncidentEvent] = []
    /// Changes that the authority made, as they are learnt or doubted; for the history.
    package var changes: [Change] = []
    /// What the rules found, believed or not yet.
    package var findings: [Finding] = []
    /// A closer look to make before speaking; the engine makes it and hands it to `Flow.round` like any other round.
    package var secondLook: SecondLook?

    package init(state: WatchState) {
        self.state = state
    }
}

extension Flow {
    /// Turns the events of all watches into messages: grouped where domains share a cause, left out where silenced.
    ///
    /// Events that give the same notices again when worked out twice, so a crash in between repeats nothing.
    package static func speak(
        events: [IncidentEvent], said: SaidLog, routes: [Route], silences: [Silence], tags: [Name: [String]] = [:],
        at now: Timestamp
    ) -> (notices: [Notice], said: SaidLog) {
        ([], said)
    }
}
