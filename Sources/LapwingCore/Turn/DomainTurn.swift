/// The course of one domain's observation, from slot to slot: a state machine that takes events and returns the next
/// step.
///
/// It has neither clock nor socket nor store. `run`, `demo` and `simulate` all carry out its steps, over sockets or in
/// a simulated world, and return each result as the next event. Whether a domain may rest, whether it gets a second
/// look and whether the registry is asked sooner is decided only here.
///
///     slot ─► recheck ─► done                                          at rest, and everything is unchanged
///     slot ─► recall ─► gather ─► judge ─► write ─► done               a round
///               ▲        └ inspect, lookUp ┘  └─► hurryRegistry, wait ─┐
///               └────────────────── a second look ────────────────────┘
///
/// Between turns it holds a domain's rest and an unused answer of a registry. There may be a million such values, so
/// everything else is stored outside the value itself, and only during a turn.
package struct DomainTurn: Sendable {
    /// What happened: the result of the previous step, except for the first event.
    package enum Event: Sendable {
        /// The domain's slot is due, or a user wants the domain looked at now.
        case slot
        /// Whether repeating the last round's questions gave the same answers.
        case rechecked(isSame: Bool)
        /// The memory of the domain; nil while it cannot be read.
        case recalled(WatchState?)
        case gathered(Gathered)
        /// The findings about the zone as a whole.
        case inspected(ZoneSight)
        /// The registry's answer; nil if the registry publishes nothing.
        case lookedUp(RegistryView?)
        case judged(Judgement)
        /// Whether the round was stored; if not, the old memory stays valid.
        case written(Bool)
        /// The request was passed on, or the wait is over.
        case carriedOut
    }

    /// The next step; the driver answers each with its event before any other event.
    package enum Step: Sendable {
        /// Repeat the last round's questions; answer with `rechecked`. If the replies differ, the gathering that
        /// follows may reuse them.
        case recheck(RoundWalk, RoundPrint)
        /// Read the domain's memory; answer with `recalled`.
        case recall
        /// Drive the walk to its end; answer with `gathered`.
        ///
        /// `reusing` means that the replies of the recheck just made may be reused.
        case gather(RoundWalk, reusing: Bool)
        /// Examine the zone as a whole; answer with `inspected`.
        case inspect(ZoneErrand)
        /// Look the registration up at once; answer with `lookedUp`.
        case lookUp
        /// Judge the round, wherever there is capacity; answer with `judged`.
        case judge(UnjudgedRound)
        /// Store the round, so that nothing of it is reported twice or lost; answer with `written`.
        case write(JudgedRound)
        /// Request a look-up of the registration as soon as the registry's budget allows; answer with `carriedOut`.
        case hurryRegistry
        /// Wait for this many seconds; answer with `carriedOut`.
        case wait(Int64)
        case done(Ending)
    }

    /// How a turn ended.
    package enum Ending: Sendable, Hashable {
        /// A resting domain is unchanged.
        case unchanged
        /// The observations were judged and stored, including those of second looks.
        case judged
        /// No result: the memory could not be read, or it changed too often. The next slot finds the same.
        case broken
    }

    /// Upper bounds, so that no turn is endless.
    package enum Limit {
        /// Second looks in a row; a suspicion that needs more waits for the next slot.
        package static let looks = 3
        /// How often one round is judged because a person changed the memory meanwhile. Judging is short, so even a
        /// second time is rare.
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
        /// The memory is read again, since a person changed it while the round was judged.
        case recallingAnew(UnjudgedRound, looks: Int, judgements: Int)
        case writing(JudgedRound, looks: Int)
        case hurrying(SecondLook?, looks: Int)
        case waiting(SecondLook, looks: Int)
    }

    /// A registry's answer that no round has used yet; stored outside the value, since hardly any domain has one.
    indirect enum Answer: Sendable {
        case none
        case waiting(RegistryView)
    }

    var stage = Stage.idle
    var rest: Rest?
    /// Whether the domain is observed differently from now on. The rest is then kept only until the memory includes the
    /// rounds that it skipped.
    var isRestOver = false
    var registry = Answer.none
    /// Whether a person changed the memory since it was last read.
    var isSteppedIn = false

    package init() {}

    /// Whether a step is being carried out.
    package var isUnderWay: Bool { if case .idle = stage { false } else { true } }

    /// Whether the next slot only checks if everything is unchanged.
    package var isAtRest: Bool { rest != nil && !isRestOver }

    /// Whether it holds nothing that the next turn needs.
    package var isVacant: Bool {
        guard rest == nil, !isUnderWay, case .none = registry else { return false }
        return true
    }

    /// Keeps a registry's answer for the next round; it ends a rest.
    package mutating func take(_ view: RegistryView) { registry = .waiting(view) }

    /// Ends a rest, since the domain is observed differently from now on.
    package mutating func endRest() { isRestOver = rest != nil }

    /// Adds the rounds that a rest skipped to a memory, for code that reads it outside a turn.
    package func makeUp(in state: inout WatchState) { rest?.makeUp(in: &state) }

    /// Shares what the rest of other domains has as well, since there may be a million.
    package mutating func shareRest(with hosts: inout CommonHosts) { rest?.share(with: &hosts) }

    /// Records that a person changed the memory, which already includes the rest: a round under way is judged by the
    /// changed memory.
    package mutating func stepIn() {
        rest = nil
        isRestOver = false
        isSteppedIn = isUnderWay
    }

    /// Aborts a turn whose next step will not be carried out.
    package mutating func breakOff() { stage = .idle }
}
