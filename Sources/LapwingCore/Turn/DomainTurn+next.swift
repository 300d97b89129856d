extension DomainTurn {
    /// The conditions at the moment of an event; a watch may be changed during a turn.
    package struct Conditions: Sendable {
        /// The present watch.
        package var watch: Watch
        /// The resolvers that are configured now.
        package var resolvers: [ResolverSpecification]
        /// Whether this machine reaches IPv6 addresses; if not, they are not asked.
        package var reachesIPv6: Bool
        /// The longest time that a second look waits, in seconds.
        package var longestWait: Int64
        /// The time by the wall clock.
        package var at: Timestamp
        /// Seconds on a monotonic clock.
        package var monotonic: Int64

        package init(
            watch: Watch, resolvers: [ResolverSpecification], reachesIPv6: Bool, longestWait: Int64 = .max,
            at now: Timestamp, monotonic: Int64
        ) {
            self.watch = watch
            self.resolvers = resolvers
            self.reachesIPv6 = reachesIPv6
            self.longestWait = longestWait
            at = now
            self.monotonic = monotonic
        }
    }

    /// Takes an event and returns the next step.
    ///
    /// An event that does not answer the previous step is an error of the driver and ends the turn.
    package mutating func next(_ event: Event, in now: Conditions) -> Step {
        let stage = stage
        self.stage = .idle
        switch (event, stage) {
        case (.slot, .idle):
            return begin(now)
        case (.rechecked(let isSame), .rechecking(let watch, let at, let monotonic)):
            return take(isSame: isSame, asked: watch, at, monotonic, now)
        case (.recalled(let state), .recalling(let look, let reusing, let looks)):
            return gather(look, reusing: reusing, looks: looks, state, now)
        case (.gathered(let gathered), .gathering(let state, let watch, let look, let looks)):
            return take(gathered, asked: watch, look, looks: looks, state, now)
        case (.inspected(let sight), .inspecting(var round, let look, let looks)):
            round.snapshot.zone = sight.view
            round.snapshot.givesZone = sight.gives
            return complete(round, look, looks: looks, now)
        case (.lookedUp(let view), .lookingUp(var round, let looks)):
            round.snapshot.registry = view
            return judge(round, looks: looks, judgements: 1, now)
        case (.recalled(let state), .recallingAnew(var round, let looks, let judgements)):
            guard let state = passed(state) else { return giveUp(round) }
            round.state = state
            return judge(round, looks: looks, judgements: judgements + 1, now)
        case (.judged(let judgement), .judging(let round, let looks, let judgements)):
            return take(judgement, of: round, looks: looks, judgements: judgements, now)
        case (.written(let isKept), .writing(let round, let looks)):
            return take(isKept: isKept, round, looks: looks, now)
        case (.carriedOut, .hurrying(let look, let looks)):
            return wait(for: look, looks: looks, now)
        case (.carriedOut, .waiting(let look, let looks)):
            return recall(.second(look), looks: looks)
        default:
            return .done(.broken)
        }
    }

    // MARK: At rest

    private mutating func begin(_ now: Conditions) -> Step {
        guard let rest, !isRestOver, case .none = registry, rest.holds(at: now.at, monotonic: now.monotonic) else {
            return recall(.regular, looks: 0)
        }
        stage = .rechecking(now.watch, at: now.at, monotonic: now.monotonic)
        let walk = RoundWalk(
            watch: now.watch, resolvers: now.resolvers, memory: DelegationMemory(), reachesIPv6: now.reachesIPv6,
            at: now.at, monotonic: now.monotonic)
        return .recheck(walk, rest.print)
    }

    private mutating func take(
        isSame: Bool, asked watch: Watch, _ at: Timestamp, _ monotonic: Int64, _ now: Conditions
    ) -> Step {
        // During the recheck a person may have changed the memory, or a registry may have answered.
        guard isAtRest, now.watch == watch, case .none = registry else { return recall(.regular, looks: 0) }
        guard isSame else { return recall(.regular, reusing: true, looks: 0) }
        rest?.pass(at: at, monotonic: monotonic)
        return .done(.unchanged)
    }

    // MARK: Gathering

    private mutating func recall(_ look: Look, reusing: Bool = false, looks: Int) -> Step {
        isRestOver = rest != nil
        isSteppedIn = false
        stage = .recalling(look, reusing: reusing, looks: looks)
        return .recall
    }

    private mutating func gather(
        _ look: Look, reusing: Bool, looks: Int, _ state: WatchState?, _ now: Conditions
    ) -> Step {
        // Without its memory a domain would be learnt again in its present state, hijacked or not.
        guard let state = passed(state) else { return .done(.broken) }
        let walk = RoundWalk(
            watch: state.looking(at: now.watch), resolvers: now.resolvers, memory: state.delegation, look: look,
            reachesIPv6: now.reachesIPv6, at: now.at, monotonic: now.monotonic)
        stage = .gathering(state, now.watch, look, looks: looks)
        return .gather(walk, reusing: reusing)
    }

    /// Returns the memory including the rounds that a rest skipped.
    private func passed(_ state: WatchState?) -> WatchState? {
        guard var state else { return nil }
        makeUp(in: &state)
        return state
    }

    private mutating func take(
        _ gathered: Gathered, asked watch: Watch, _ look: Look, looks: Int, _ state: WatchState, _ now: Conditions
    ) -> Step {
        let round = UnjudgedRound(
            watch: now.watch, state: state, snapshot: gathered.snapshot, asked: watch, print: gathered.print)
        guard let errand = ZoneErrand(now.watch, state, gathered.snapshot) else {
            return complete(round, look, looks: looks, now)
        }
        stage = .inspecting(round, look, looks: looks)
        return .inspect(errand)
    }

    /// Asks the registry if the look wants it, and judges.
    private mutating func complete(_ round: UnjudgedRound, _ look: Look, looks: Int, _ now: Conditions) -> Step {
        var round = round
        if case .second(let wanted) = look, wanted.asksRegistry, now.watch.watchesRegistration {
            stage = .lookingUp(round, looks: looks)
            return .lookUp
        }
        round.snapshot.registry = nil
        if case .waiting(let view) = registry { round.snapshot.registry = view }
        registry = .none
        return judge(round, looks: looks, judgements: 1, now)
    }

    // MARK: Judging

    private mutating func judge(
        _ round: UnjudgedRound, looks: Int, judgements: Int, _ now: Conditions
    ) -> Step {
        var round = round
        round.watch = now.watch
        // A person changed the memory during the network queries, so the copy in this round is outdated.
        if isSteppedIn { return recallAnew(round, looks: looks, judgements: judgements - 1) }
        stage = .judging(round, looks: looks, judgements: judgements)
        return .judge(round)
    }

    private mutating func recallAnew(_ round: UnjudgedRound, looks: Int, judgements: Int) -> Step {
        isSteppedIn = false
        stage = .recallingAnew(round, looks: looks, judgements: judgements)
        return .recall
    }

    private mutating func take(
        _ judgement: Judgement, of round: UnjudgedRound, looks: Int, judgements: Int, _ now: Conditions
    ) -> Step {
        guard !isSteppedIn, now.watch == round.watch else {
            guard judgements < Limit.judgements else { return giveUp(round) }
            return recallAnew(round, looks: looks, judgements: judgements)
        }
        let judged = JudgedRound(round, judgement)
        stage = .writing(judged, looks: looks)
        return .write(judged)
    }

    /// The next round will find the same; an answer of a registry is kept for it.
    private mutating func giveUp(_ round: UnjudgedRound) -> Step {
        if let view = round.snapshot.registry { take(view) }
        return .done(.broken)
    }

    // MARK: Next steps

    private mutating func take(isKept: Bool, _ round: JudgedRound, looks: Int, _ now: Conditions) -> Step {
        let look = looks < Limit.looks ? round.outcome.secondLook : nil
        guard isKept else { return wait(for: look, looks: looks, now) }
        rest = round.rest
        isRestOver = false
        guard round.asksRegistry else { return wait(for: look, looks: looks, now) }
        stage = .hurrying(look, looks: looks)
        return .hurryRegistry
    }

    private mutating func wait(for look: SecondLook?, looks: Int, _ now: Conditions) -> Step {
        guard let look else { return .done(.judged) }
        stage = .waiting(look, looks: looks + 1)
        return .wait(max(1, look.isTimed ? look.after : min(look.after, now.longestWait)))
    }
}
