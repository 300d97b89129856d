import LapwingCore
import LapwingStore

/// A page of journal entries, newest first.
struct JournalPage {
    var acts: [Act]
    /// The number before which there may be further entries; nil if there are none.
    var next: Int64?
}

extension SeenStore {
    /// The largest number of entries that one request searches; ``JournalPage/next`` then says where to continue.
    private static let mostEntries: Int64 = 100_000
    private static let entriesAtOnce = 500

    /// Returns the journal entries that the user may see: all for operators, otherwise those about visible domains.
    func journal(_ filter: JournalFilter, before number: Int64?, limit: Int, seesAll: Bool) throws -> JournalPage {
        let store = wholeStore
        var place = try min(number ?? .max, store.lastAct() + 1)
        let end = max(1, place - Self.mostEntries)
        var found: [Act] = []
        search: while place > end {
            let entries = try store.acts(filter, from: end, before: place, limit: Self.entriesAtOnce)
            for act in entries {
                place = act.id
                if seesAll || act.domain.map(sees) ?? false { found.append(act) }
                if found.count >= limit { break search }
            }
            if entries.count < Self.entriesAtOnce { place = end }
        }
        let isMore = try !store.acts(JournalFilter(), from: 1, before: place, limit: 1).isEmpty
        return JournalPage(acts: found, next: isMore ? place : nil)
    }
}
