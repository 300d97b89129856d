import DNSWire
import LapwingCore
import LapwingStore
import Logging

/// Daily sums of looks, for availability and response times of the past, whose rounds are not kept.
extension Engine {
    /// Counts a judged round. Second looks are not counted, since they are made only after a first sign of trouble,
    /// which would count twice.
    ///
    /// - Returns: the verdict of the round; nil for a second look.
    func count(_ round: JudgedRound) -> LookVerdict? {
        let snapshot = round.snapshot
        guard snapshot.look == .regular else { return nil }
        let verdict = LookVerdict(snapshot)
        days.note(round.watch.domain, at: snapshot.at, steady: parts.clock.steady()) { tally in
            tally.add(verdict)
            guard !verdict.contains(.blind) else { return }
            tally.add(timesOf: snapshot)
            tally.signaturesEnd = snapshot.signaturesEnd ?? tally.signaturesEnd
            tally.weaknesses = round.outcome.findings.count(where: \.isPosture)
        }
        return verdict
    }

    /// Counts a look without differences from the previous round.
    func count(unchanged domain: Name, _ verdict: LookVerdict, at moment: Timestamp, times: [ReplyTime]) {
        days.note(domain, at: moment, steady: parts.clock.steady()) { tally in
            tally.add(verdict)
            for time in times {
                switch time.source {
                case .parent: break
                case .authority: tally.authorities.add(milliseconds: time.milliseconds)
                case .resolver: tally.resolvers.add(milliseconds: time.milliseconds)
                }
            }
        }
    }

    /// Writes the rows that have been collected for long enough.
    func writeDays() {
        guard !store.isAway else { return }
        write(days.take(at: parts.clock.steady()))
    }

    /// Writes all rows, at the end of the process.
    func writeAllDays() {
        while days.count > 0, write(days.take(at: parts.clock.steady(), all: true, limit: 1000)) {}
    }

    @discardableResult
    private func write(_ records: [DayRecord]) -> Bool {
        // Sums for domains that belong to another worker by now are lost with the shard.
        let records = records.filter { store.has($0.domain) }
        guard !records.isEmpty else { return true }
        do {
            try store.add(records)
            return true
        } catch {
            days.putBack(records, steady: parts.clock.steady())
            log.error("cannot write the availability of a day", metadata: ["error": "\(error)"])
            return false
        }
    }
}

extension Snapshot {
    /// The earliest expiration among the signatures that servers returned; nil if the parent zone has no DS for the
    /// domain.
    var signaturesEnd: Timestamp? {
        guard !parent.ds.isEmpty else { return nil }
        let ends = authorities.filter { !$0.remembered }.flatMap { view in
            view.answers.values.flatMap { $0.signatures.compactMap { RRSIG($0.data)?.expiration } }
        }
        return ends.min().map { Timestamp(seconds: Int64($0)) }
    }
}
