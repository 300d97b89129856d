import DNSWire
import LapwingCore
import LapwingStore
import Logging

extension Engine {
    /// The turn of one domain, with related data.
    struct Course {
        var turn = DomainTurn()
        /// The hash of the sightings, for a resting domain whose memory is in the store only.
        var sightings: Int?
        /// The verdict of the last round, which also holds for looks without differences.
        var verdict: LookVerdict?
    }

    /// The working data of one turn.
    private struct Hand {
        var memory: CachedState?
        /// The prepared store data of the round that was judged last.
        var draft: RoundDraft?
        /// Replies of a recheck that found a difference.
        var known: [ProbeTask: ProbeReply] = [:]
        /// When gathering or the recheck began: on the wall clock, and in milliseconds on the monotonic clock.
        var at = Timestamp.earliest
        var began: Int64 = 0
        var times: [ReplyTime] = []

        mutating func begin(_ clock: EngineClock) {
            at = clock.now()
            began = clock.elapsed()
        }

        /// Whether the recheck found no difference.
        mutating func take(_ recheck: Recheck) -> Bool {
            switch recheck {
            case .same(let times):
                self.times = times
                return true
            case .different(let replies):
                known = replies
                return false
            }
        }
    }

    /// Runs one turn of one domain: carries out the steps of the state machine until it is done.
    func turn(_ id: Int) async {
        defer {
            running.remove(id)
            courses[id]?.value.turn.breakOff()
            if courses[id]?.value.turn.isVacant == true { courses[id] = nil }
        }
        guard let domain = watches[id]?.domain else { return }
        var hand = Hand()
        var event = DomainTurn.Event.slot
        while let step = next(event, id, domain) {
            if case .done(let ending) = step {
                switch ending {
                case .unchanged: noteUnchanged(domain, id, hand)
                case .judged: courses[id]?.value.turn.shareRest(with: &commonHosts)
                case .broken: break
                }
                return
            }
            guard let answer = await carryOut(step, id, domain, &hand) else { return }
            event = answer
        }
    }

    /// Passes an event to the state machine and returns its next step; nil if the domain is no longer watched.
    private func next(_ event: DomainTurn.Event, _ id: Int, _ domain: Name) -> DomainTurn.Step? {
        guard let watch = watches[id], watch.domain == domain else { return nil }
        let now = DomainTurn.Conditions(
            watch: watch, resolvers: settings.resolvers, reachesIPv6: parts.reachesIPv6,
            longestWait: settings.secondLook, at: parts.clock.now(), monotonic: parts.clock.monotonic())
        return courses[id, default: Boxed(Course())].value.turn.next(event, in: now)
    }

    /// Carries out a step. Returns nil if the process ends meanwhile, since missing replies are no observation then.
    private func carryOut(
        _ step: DomainTurn.Step, _ id: Int, _ domain: Name, _ hand: inout Hand
    ) async -> DomainTurn.Event? {
        switch step {
        case .recheck(let walk, let print):
            hand.begin(parts.clock)
            let recheck = await parts.recheck(walk, print)
            return Task.isCancelled ? nil : .rechecked(isSame: hand.take(recheck))
        case .recall:
            hand.memory = recall(domain)
            return .recalled(hand.memory?.state)
        case .gather(let walk, let reusing):
            hand.begin(parts.clock)
            var gathered = await parts.gather(walk, reusing ? hand.known : [:])
            seePlaces(&gathered.snapshot)
            return Task.isCancelled ? nil : .gathered(gathered)
        case .inspect(let errand):
            let sight = await inspect(errand)
            return Task.isCancelled ? nil : .inspected(sight)
        case .lookUp:
            let view = await parts.lookUp(domain)
            return Task.isCancelled ? nil : .lookedUp(view)
        case .judge(let round):
            let (judgement, draft) = await judge(round, beside: hand.memory)
            hand.draft = draft
            return .judged(judgement)
        case .write(let round):
            defer { hand.draft = nil }
            return .written(write(round, id, hand))
        case .hurryRegistry:
            pace.hurry(id)
            return .carriedOut
        case .wait(let seconds):
            return (try? await parts.clock.sleep(Double(seconds))) == nil ? nil : .carriedOut
        case .done:
            return nil
        }
    }

    /// Judges a round, and prepares the data to write on the same thread.
    private func judge(_ round: UnjudgedRound, beside memory: CachedState?) async -> (Judgement, RoundDraft) {
        let verifier = parts.verifier
        let steady = parts.clock.steady()
        return await parts.bench.judge {
            let judgement = round.judged(by: verifier)
            return (judgement, Self.draft(JudgedRound(round, judgement), beside: memory, steady: steady))
        }
    }

    private static func draft(_ round: JudgedRound, beside memory: CachedState?, steady: Timestamp) -> RoundDraft {
        RoundDraft(
            round.outcome, sightings: Sighting.all(in: round.snapshot, sets: round.watch.sets),
            unless: memory?.sightings,
            keepsState: keepsState(of: round, memory, at: steady), beside: memory?.kept)
    }

    /// Whether the memory is written even if nothing happened.
    private static func keepsState(of round: JudgedRound, _ memory: CachedState?, at steady: Timestamp) -> Bool {
        round.isLookedUp || (memory?.savedAt.map { steady.seconds(since: $0) >= Limit.unsaved } ?? true)
    }

    private func noteUnchanged(_ domain: Name, _ id: Int, _ hand: Hand) {
        if let verdict = courses[id]?.value.verdict {
            count(unchanged: domain, verdict, at: hand.at, times: hand.times)
        }
        status.note(
            unchanged: domain, at: hand.at, steady: parts.clock.steady(), times: hand.times,
            milliseconds: parts.clock.elapsed() - hand.began)
    }

    /// Writes a round; false if that failed and the old state stays valid.
    private func write(_ round: JudgedRound, _ id: Int, _ hand: Hand) -> Bool {
        let (watch, outcome) = (round.watch, round.outcome)
        var memory = states[watch.domain] ?? hand.memory ?? CachedState(state: outcome.state)
        let steady = parts.clock.steady()
        let draft = hand.draft ?? Self.draft(round, beside: memory, steady: steady)
        let keeps = Self.keepsState(of: round, memory, at: steady)
        let record = RoundRecord(
            domain: watch.domain, at: round.snapshot.at,
            sightings: draft.hash == memory.sightings ? [] : draft.sightings, outcome: outcome, keepsState: keeps,
            kept: memory.kept, zone: round.snapshot.zone?.update, draft: draft)
        do {
            memory.kept = try store.commit(record)
        } catch {
            // The old state stays valid, so the next round finds the same change and tries to write it again.
            log.error("cannot write a round", metadata: ["domain": "\(watch.domain)", "error": "\(error)"])
            return false
        }
        let isSaved = keeps || !outcome.events.isEmpty || !outcome.changes.isEmpty
        if isSaved { memory.savedAt = steady }
        memory.isChanged = !isSaved
        memory.state = outcome.state
        memory.sightings = draft.hash
        courses[id]?.value.sightings = draft.hash
        if let verdict = count(round) { courses[id]?.value.verdict = verdict }
        if round.rest != nil, states.count > Self.restingStates {
            if memory.isChanged { save(memory, of: watch.domain) }
            states[watch.domain] = nil
        } else {
            remember(memory, of: watch.domain)
        }
        if let head = round.snapshot.zone?.update?.head {
            status.change { $0.zones[watch.domain, default: .init()].head = head }
        }
        status.note(
            round.snapshot, of: watch, outcome: outcome, steady: steady,
            milliseconds: parts.clock.elapsed() - hand.began)
        for event in outcome.events { event.note(in: log) }
        wishForLooks(round)
        return true
    }
}

extension IncidentEvent {
    /// Logs the event.
    func note(in log: Logger) {
        log.log(
            level: severity >= .warning ? .warning : .info, "incident",
            metadata: [
                "event": "\(kind.rawValue)", "incident": "\(incident)", "class": "\(incidentClass.rawValue)",
                "severity": "\(severity.rawValue)", "domain": "\(domain)", "text": "\(title)",
            ])
    }
}
