import Foundation
import LapwingCore

/// What the journal comes to: whoever has written this down elsewhere knows later that nothing of it is another.
package struct JournalState: Sendable, Encodable, Hashable {
    /// The oldest entry that is kept, and the newest; 0 where there is none.
    package var first: Int64
    /// The newest entry.
    package var last: Int64
    /// The newest entry's hash in hexadecimal.
    package var hash: String

    package init(first: Int64, last: Int64, hash: String) {
        self.first = first
        self.last = last
        self.hash = hash
    }
}

extension Store {
    /// Works every hash out again, and names each entry that is not what was written.
    ///
    /// - Returns: what the journal comes to; nil where there is none yet.
    static func examineJournal(_ database: Database, _ found: inout StoreExamination) throws -> JournalState? {
        // A reader takes an older store as it is.
        guard try database.tableExists("journal") else { return nil }
        let anchor = try anchor(database)
        var number = anchor.number
        // Where one entry is another, those after it were written after what it was: either its hash or the rest is wrong.
        var chain = [anchor.hash]
        var state = JournalState(first: 0, last: anchor.number, hash: Hexadecimal.text(anchor.hash))
        try database.each(JournalEntry.selection(database.dialect) + " ORDER BY id") { row in
            found.rows += 1
            let id = Int64(stored: row[0]) ?? 0
            let isGap = id != number + 1
            if isGap {
                let missing = id == number + 2 ? "entry \(number + 1)" : "entries \(number + 1) to \(id - 1)"
                found.add("\(missing) of the journal: missing")
            }
            number = id
            let stored = JournalEntry.hash(row) ?? []
            if state.first == 0 { state.first = id }
            state.last = id
            state.hash = Hexadecimal.text(stored)
            guard let entry = JournalEntry(row) else {
                found.add("entry \(id) of the journal is not what was written")
                chain = [stored]
                return
            }
            let right = chain.map(entry.hash(after:))
            if right.contains(stored) {
                chain = [stored]
            } else {
                // After a gap nobody can say what came before.
                if !isGap { found.add("entry \(id) of the journal is not what was written") }
                chain = right + [stored]
            }
        }
        let given = try database.value(Int64.self, database.dialect.lastNumberOfJournal) ?? 0
        if given > number {
            let missing = given == number + 1 ? "entry \(given)" : "entries \(number + 1) to \(given)"
            found.add("\(missing) of the journal: missing at its end")
        }
        return state.last > 0 ? state : nil
    }
}
