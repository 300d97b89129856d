extension Incident {
    /// Takes in that RRsets have values again that were told of and left since: the third change of one, there, back and
    /// there again, says that it goes back and forth. What it says now stands last among the changes.
    ///
    /// - Returns: the change with which the first of them began to go back and forth; nil when none did in this round.
    mutating func turn(_ found: [Change]) -> Change? {
        var first: Change?
        for change in found {
            // Servers that disagree in one round are another matter.
            guard found.count(where: { $0.isAbout(change) }) == 1,
                let last = changes.last(where: { $0.isAbout(change) }), !last.isSame(as: change),
                let known = changes.lastIndex(where: { $0.isSame(as: change) })
            else { continue }
            changes.remove(at: known)
            changes.append(change)
            if turns == nil { first = first ?? change }
            turns = min((turns ?? 0) + 1, Self.mostTurns)
        }
        return first
    }

    /// Counted no further.
    private static let mostTurns = 10_000
}

extension Narrative {
    /// The same for an RRset that goes back and forth, from the third change on.
    func toAndFro(_ change: Change) -> Narrative {
        var text = self
        text.headline =
            "\(change.name) \(change.kind) goes back and forth: now \(Change.list(change.new)) again, "
            + "as before \(Change.list(change.old))."
        text.facts.insert("Further turns are recorded in the history but not reported, until it rests.", at: 0)
        text.advice =
            "Find out who writes it: two places that publish the zone, a script, or two people who put it right in turn."
        return text
    }
}
