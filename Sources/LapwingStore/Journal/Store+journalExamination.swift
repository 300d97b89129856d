import Foundation
import LapwingCore

/// The state of the journal: if it is recorded elsewhere, later changes of the entries can be detected.
package struct JournalState: Sendable, Encodable, Hashable {
    /// The oldest entry; 0 if there is none.
    package var first: Int64
    /// The newest entry; 0 if there is none.
    package var last: Int64
    /// The hash of the newest entry in hexadecimal.
    package var hash: String

    package init(first: Int64, last: Int64, hash: String) {
        self.first = first
        self.last = last
        self.hash = hash
    }
}

extension Store {
    /// Verifies all hashes, and reports each entry that was changed.
    ///
    /// - Returns: the state of the journal; nil if there is none yet.
    static func examineJournal(_ database: Database, _ found: inout StoreExamination) throws -> JournalState? {
        // A reader does not migrate an older store.
        guard try database.tableExists("journal") else { return nil }
        let anchor = try anchor(database)
        var number = anchor.number
        // If an entry was changed, the next one may continue from its stored hash or from the recomputed one: either
        // its hash or its content is wrong.
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
                // After a gap the previous hash is unknown.
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
