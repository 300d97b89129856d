import LapwingCore
import LapwingStore

/// The filters that a user sees, each with the tally of its domains.
struct SavedFilters {
    struct Entry {
        var filter: SavedFilter
        var selection: BoardSelection
        var tally: BoardSelection.Tally
        /// Whether the user may rename or delete it.
        var isChangeable: Bool
    }

    /// The largest number of tags in the row, worst first.
    private static let mostTags = 20

    var entries: [Entry] = []

    /// Returns the row of links.
    ///
    /// - Parameters:
    ///   - selection: the current selection.
    ///   - tags: the content for tallies of tags; nil to omit tags.
    func model(_ selection: BoardSelection, tags content: BoardIndex.Content? = nil) -> SavedModel? {
        let filters = entries.map { entry in
            Self.link(entry.filter.name, entry.selection, entry.tally, isHere: entry.selection.query == selection.query)
        }
        let found = content.map(Self.tags) ?? []
        let tags = found.prefix(Self.mostTags).map { tag, tally in
            let own = BoardSelection(tag: tag)
            return Self.link(tag, own, tally, isHere: own.query == selection.query)
        }
        guard !filters.isEmpty || !tags.isEmpty else { return nil }
        let rest = found.count - tags.count
        return SavedModel(
            filters: filters, hasFilters: !filters.isEmpty, tagLinks: tags, hasTagLinks: !tags.isEmpty,
            otherTags: rest > 0 ? Shown.count(rest) : nil)
    }

    private static func link(
        _ name: String, _ selection: BoardSelection, _ tally: BoardSelection.Tally, isHere: Bool
    ) -> SavedModel.Link {
        func count(_ number: Int) -> String? { number > 0 ? Shown.count(number) : nil }
        return SavedModel.Link(
            path: "/domains?" + selection.query, name: Shown.text(name, limit: SavedFilter.longestName),
            count: Shown.count(tally.count), failing: count(tally.failing), warned: count(tally.warned), here: isHere)
    }

    /// Returns the tally of the domains of each tag, the worst first.
    private static func tags(_ content: BoardIndex.Content) -> [(tag: String, tally: BoardSelection.Tally)] {
        let tallies = content.roster.tags.map { tag in
            var tally = BoardSelection.Tally()
            for row in content.roster.rows(tag: tag) { tally.take(content.conditions[Int(row)]) }
            return (tag: tag, tally: tally)
        }
        return tallies.sorted {
            ($1.tally.failing, $1.tally.warned, $0.tag) < ($0.tally.failing, $0.tally.warned, $1.tag)
        }
    }

    /// The rows of the page about saved filters.
    var rows: [FiltersModel.Row] {
        entries.map { entry in
            FiltersModel.Row(
                id: "\(entry.filter.id)", name: Shown.text(entry.filter.name, limit: SavedFilter.longestName),
                path: "/domains?" + entry.selection.query, words: entry.selection.words,
                count: Shown.count(entry.tally.count), failing: Shown.count(entry.tally.failing),
                warned: Shown.count(entry.tally.warned), whose: entry.filter.owner == nil ? "everyone" : "you",
                isChangeable: entry.isChangeable)
        }
    }
}
