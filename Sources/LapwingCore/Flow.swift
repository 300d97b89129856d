package import DNSSEC

/// The logic of the product, in functions without a clock: `round` judges what one round saw, `rest` determines how
/// long a domain may rest, `accept` makes a change normal, `speak` turns events into messages.
package enum Flow {
    /// Judges one round of one watch.
    package static func round(
        watch: Watch, state: WatchState, snapshot: Snapshot, verifier: any SignatureVerifier,
        rules: [Rule] = Rulebook.all
    ) -> RoundOutcome {
        let watch = state.looking(at: watch)
        var state = state
        state.clock.note(wall: snapshot.at, monotonic: snapshot.monotonic)
        state.move(to: snapshot.place, at: snapshot.at.adding(seconds: -state.clock.offset))
        var verdicts = VerdictCache()
        swap(&verdicts, &state.verdicts)
        let picture = Picture(watch: watch, state: state, snapshot: snapshot, verifier: verifier, verdicts: &verdicts)
        // Changes that were announced word for word are confirmed by their own rule and reported by no other.
        let (judged, announced) = AnnouncedChanges(picture).split(Rulebook.judge(picture, rules: rules))

        var outcome = RoundOutcome(state: state)
        outcome.state.verdicts = verdicts
        outcome.findings = judged.map(watch.told)
        let told = outcome.findings.compactMap(picture.tellable)
        let (events, sure) = outcome.state.book.apply(told, to: picture)
        outcome.events = events
        outcome.secondLook = closerLook(told, sure, picture, outcome.state.book)
        // Learning uses the severities of the tables, whatever the owner configured.
        let keys = Set(sure.map(\.key))
        let findings = judged.filter { $0.need != .never && !$0.isPosture } + announced
        let believed = judged.filter { keys.contains($0.key) && $0.need != .never && !$0.isPosture } + announced
        // The observations of a blind monitor are not facts, so the memory stays as it is.
        guard !picture.isBlind else { return outcome }
        outcome.seen = believed.flatMap(\.changes)
        var learner = Learner(picture: picture, findings: findings, believed: believed, state: outcome.state)
        learner.learn()
        outcome.state = learner.state
        outcome.changes = outcome.state.changesToKeep(of: believed, at: picture.now)
        tellWaysBack(&outcome, picture)
        return outcome
    }

    /// Reports what is undone according to two looks; the second look is made at once and not left to the next poll.
    private static func tellWaysBack(_ outcome: inout RoundOutcome, _ picture: Picture) {
        let memory = outcome.state
        let lasting = memory.lasting ?? LastingChanges()
        outcome.events += outcome.state.book.putBack(
            outcome.changes.filter { $0.backSince != nil }, lasting: lasting.changes, at: picture.now,
            present: memory.present)
        outcome.events += outcome.state.book.tellRecoveries(picture)
        guard picture.isRegular else { return }
        let book = outcome.state.book
        let looks = [
            book.lookBack(lasting.missed(since: picture.now), at: picture.now), book.lookAfterRecoveries(picture),
        ]
        for look in looks.compactMap(\.self) { outcome.secondLook = outcome.secondLook?.merged(with: look) ?? look }
    }

    /// Returns a second look if a finding was seen once that would be reported when seen twice; and another one at the
    /// due time of a finding that would be reported if it lasts.
    private static func closerLook(
        _ findings: [Finding], _ believed: [Finding], _ picture: Picture, _ book: IncidentBook
    ) -> SecondLook? {
        let sure = Set(believed.map(\.key))
        let doubtful = findings.filter { !sure.contains($0.key) && $0.need.looks == 2 && $0.severity >= .notice }
        guard !picture.isRegular else { return doubtful.map(\.look).reduce(nil) { $0?.merged(with: $1) ?? $1 } }
        let later = doubtful.compactMap { finding -> SecondLook? in
            guard let seconds = finding.need.seconds, let suspicion = book.suspicions[finding.key],
                suspicion.looks >= finding.need.looks
            else { return nil }
            // If polls are frequent enough, they are sufficient.
            let left = seconds - picture.now.seconds(since: suspicion.since)
            guard left > 0, seconds < picture.interval else { return nil }
            var look = finding.look
            look.after = left
            look.isTimed = true
            return look
        }
        return later.reduce(nil) { $0?.merged(with: $1) ?? $1 }
    }
}
