/// What goes on with one domain, from slot to slot: a machine that is told what happened and says what to do next.
///
/// It has neither clock nor socket nor store. `run`, `demo` and `simulate` all carry out its steps, over sockets or in a
/// simulated world, and give back what came of each as the next event; when a domain may rest, whether it is looked at a
/// second time, and whether the registry is asked sooner, is decided here and nowhere else.
///
///     slot ─► recheck ─► done                                          at rest, and everything is as it was
///     slot ─► recall ─► gather ─► judge ─► write ─► done               a round
///               ▲        └ inspect, lookUp ┘  └─► hurryRegistry, wait ─┐
///               └────────────────── a second look ────────────────────┘
///
/// Between turns it holds a domain's rest and what a registry told; there may be a million such values, so all else is
/// kept outside of the value itself, and only while a turn is under way.
package struct DomainTurn: Sendable {
    /// What happened: the answer to the step before, but for the first.
    package enum Event: Sendable {
        /// The domain's slot came, or somebody wants it looked at now.
        case slot
        /// Whether asking again what the last round asked gave the same.
        case rechecked(isSame: Bool)
        /// What is remembered of the domain; nil while it cannot be read.
        case recalled(WatchState?)
        case gathered(Gathered)
        /// What was found out about the zone as a whole.
        case inspected(ZoneSight)
        /// What the registry said; nil where it publishes nothing.
        case lookedUp(RegistryView?)
        case judged(Judgement)
        /// Whether the round is kept; if not, the old memory stays valid.
        case written(Bool)
        /// What had to be passed on was passed on, or the wait is over.
        case carriedOut
    }

    /// What is to be done next; each is answered with its event before anything else is said.
    package enum Step: Sendable {
        /// Ask again what the last round asked; answer with `rechecked`. The replies, where they are others, may serve the
        /// gathering that follows.
        case recheck(RoundWalk, RoundPrint)
        /// Say what is remembered of the domain; answer with `recalled`.
        case recall
        /// Drive the walk to its end; answer with `gathered`.
        ///
        /// `reusing` says that the replies of the recheck just made are as good as new ones.
        case gather(RoundWalk, reusing: Bool)
        /// Find out about the zone as a whole; answer with `inspected`.
        case inspect(ZoneErrand)
        /// Look the registration up at once; answer with `lookedUp`.
        case lookUp
        /// Judge, wherever there is room for it; answer with `judged`.
        case judge(UnjudgedRound)
        /// Write the round down, so that nothing of it can be told twice or be lost; answer with `written`.
        case write(JudgedRound)
        /// See that the registration is looked up as soon as the registry's budget allows; answer with `carriedOut`.
        case hurryRegistry
        /// Wait for this many seconds; answer with `carriedOut`.
        case wait(Int64)
        case done(Ending)
    }

    /// How a turn ended.
    package enum Ending: Sendable, Hashable {
        /// A resting domain is as it was.
        case unchanged
        /// What was seen was judged and written down, second looks included.
        case judged
        /// Nothing came of it: memory could not be read, or the ground moved too often. The next slot finds the same.
        case broken
    }

    /// Upper bounds, so that no turn is endless.
    package enum Limit {
        /// Second looks in a row; a suspicion that needs more waits for its slot.
        package static let looks = 3
        /// How often one round is judged, because somebody stepped in meanwhile; each time takes a moment, so once is rare.
        package static let judgements = 4
    }

    indirect enum Stage: Sendable {
        case idle
        case rechecking(Watch, at: Timestamp, monotonic: Int64)
        case recalling(Look, reusing: Bool, looks: Int)
        case gathering(WatchState, Watch, Look, looks: Int)
        case inspecting(UnjudgedRound, Look, looks: Int)
        case lookingUp(UnjudgedRound, looks: Int)
        case judging(UnjudgedRound, looks: Int, judgements: Int)
        /// Memory is asked for once more, since somebody has changed it while the round was judged.
        case recallingAnew(UnjudgedRound, looks: Int, judgements: Int)
        case writing(JudgedRound, looks: Int)
        case hurrying(SecondLook?, looks: Int)
        case waiting(SecondLook, looks: Int)
    }

    /// What a registry told that no round has taken in yet; outside of the value, as hardly any domain has it.
    indirect enum Answer: Sendable {
        case none
        case waiting(RegistryView)
    }

    var stage = Stage.idle
    var rest: Rest?
    /// The domain is looked at otherwise from now on: what is left of the rest is that memory has to pass its rounds.
    var isRestOver = false
    var registry = Answer.none
    /// Somebody changed memory since it was last asked for.
    var isSteppedIn = false

    package init() {}

    /// Whether a step is being carried out.
    package var isUnderWay: Bool { if case .idle = stage { false } else { true } }

    /// Whether the next slot only asks if everything is as it was.
    package var isAtRest: Bool { rest != nil && !isRestOver }

    /// Nothing is held that the next turn would miss.
    package var isVacant: Bool {
        guard rest == nil, !isUnderWay, case .none = registry else { return false }
        return true
    }

    /// Keeps what a registry told for the next round; it ends a rest.
    package mutating func take(_ view: RegistryView) { registry = .waiting(view) }

    /// Ends a rest, since the domain is looked at otherwise from now on.
    package mutating func endRest() { isRestOver = rest != nil }

    /// Brings a memory up to date with the rounds that a rest left out, for those who read it beside a turn.
    package func makeUp(in state: inout WatchState) { rest?.makeUp(in: &state) }

    /// A person has changed memory, which had passed the rest before: a round under way is judged by what it is now.
    package mutating func stepIn() {
        rest = nil
        isRestOver = false
        isSteppedIn = isUnderWay
    }

    /// Breaks off a turn whose next step will not be carried out.
    package mutating func breakOff() { stage = .idle }
}
