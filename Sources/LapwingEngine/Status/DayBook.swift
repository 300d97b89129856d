import DNSWire
import LapwingCore
import LapwingStore

/// The sums of the looks of the last minutes before they are written: a row for each look would be most of the store.
struct DayBook {
    /// Seconds for which looks are collected before they are written; they are lost if the process is killed.
    static let gathering: Int64 = 600
    /// The largest number of rows that are written in one second. With very many domains more looks are collected in
    /// the meantime.
    static let mostRows = 200

    private struct Key: Hashable {
        var domain: Name
        var day: DayNumber
    }

    private var tallies: [Key: Boxed<DayTally>] = [:]
    /// Keys with their start on the steady clock, in the order of their start; those before `place` have been written.
    private var order: [(key: Key, since: Timestamp)] = []
    private var place = 0

    /// The number of rows that wait to be written.
    var count: Int { tallies.count }

    /// Counts one look, or records another fact of the day.
    mutating func note(_ domain: Name, at moment: Timestamp, steady: Timestamp, _ change: (inout DayTally) -> Void) {
        let key = Key(domain: domain, day: DayNumber(of: moment))
        if tallies[key] == nil { order.append((key, steady)) }
        change(&tallies[key, default: Boxed(DayTally())].value)
    }

    /// Removes and returns the rows that have been collected for long enough, or all rows, up to a limit.
    mutating func take(at steady: Timestamp, all: Bool = false, limit: Int = mostRows) -> [DayRecord] {
        var records: [DayRecord] = []
        while place < order.count, records.count < limit {
            let (key, since) = order[place]
            // The steady clock does not go back, and a restart of the process begins with an empty book.
            guard all || steady.seconds(since: since) >= Self.gathering else { break }
            place += 1
            guard let tally = tallies.removeValue(forKey: key) else { continue }
            records.append(DayRecord(domain: key.domain, day: key.day, tally: tally.value))
        }
        if place > 1000, place * 2 > order.count {
            order.removeFirst(place)
            place = 0
        }
        return records
    }

    /// Puts back rows that could not be written; they are due again after the same time.
    mutating func putBack(_ records: [DayRecord], steady: Timestamp) {
        for record in records {
            note(record.domain, at: record.day.start, steady: steady) { tally in
                // Facts recorded in the meantime are newer.
                var whole = record.tally
                whole.add(tally)
                tally = whole
            }
        }
    }
}
