extension Incident {
    /// Records that RRsets returned to values which were reported and replaced since: from its third change on (there,
    /// back and there again) an RRset counts as alternating. Its present value is moved to the end of the changes.
    ///
    /// - Returns: the change with which the first RRset began to alternate; nil if none began in this round.
    mutating func turn(_ found: [Change]) -> Change? {
        var first: Change?
        for change in found {
            // Servers that disagree in one round are a different matter.
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

    /// The limit of the count.
    private static let mostTurns = 10_000
}

extension Narrative {
    /// Returns the text for an RRset that alternates, from the third change on.
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
