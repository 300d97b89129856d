import DNSWire
import LapwingCore
import LapwingStore

/// What the looks of the last minutes came to, until it is written down: a row for each look would be most of the store.
struct DayBook {
    /// Seconds for which looks are gathered before they are written; they are lost with a process that is killed.
    static let gathering: Int64 = 600
    /// Rows that are written in one second. Of very many domains more is gathered meanwhile.
    static let mostRows = 200

    private struct Key: Hashable {
        var domain: Name
        var day: DayNumber
    }

    private var tallies: [Key: DayTally] = [:]
    /// In the order in which they were begun, and when that was by the steady clock; those before the place are written.
    private var order: [(key: Key, since: Timestamp)] = []
    private var place = 0

    /// How many rows wait to be written.
    var count: Int { tallies.count }

    /// Counts one look, or what is known besides.
    mutating func note(_ domain: Name, at moment: Timestamp, steady: Timestamp, _ change: (inout DayTally) -> Void) {
        let key = Key(domain: domain, day: DayNumber(of: moment))
        if tallies[key] == nil { order.append((key, steady)) }
        change(&tallies[key, default: DayTally()])
    }

    /// Takes out what has been gathered for long enough, or all of it, so many rows at most.
    mutating func take(at steady: Timestamp, all: Bool = false, limit: Int = mostRows) -> [DayRecord] {
        var records: [DayRecord] = []
        while place < order.count, records.count < limit {
            let (key, since) = order[place]
            // A steady clock does not go back; one that began anew with the process does not matter either.
            guard all || steady.seconds(since: since) >= Self.gathering else { break }
            place += 1
            guard let tally = tallies.removeValue(forKey: key) else { continue }
            records.append(DayRecord(domain: key.domain, day: key.day, tally: tally))
        }
        if place > 1000, place * 2 > order.count {
            order.removeFirst(place)
            place = 0
        }
        return records
    }

    /// Puts back what could not be written; it is tried again after as long a time.
    mutating func putBack(_ records: [DayRecord], steady: Timestamp) {
        for record in records {
            note(record.domain, at: record.day.start, steady: steady) { tally in
                // What was noted meanwhile is newer.
                var whole = record.tally
                whole.add(tally)
                tally = whole
            }
        }
    }
}
