import DNSWire

/// The places at which something is so, is not so, or is unknown.
///
/// A place that has not looked since the matter began, or whose look is not confirmed by a second one, counts as
/// unknown: neither for nor against.
struct PlaceVote: Hashable {
    /// The places at which it is so, and those at which it is not.
    var seen: [String] = []
    var unseen: [String] = []
    /// The places of which nothing is known.
    var unknown: [String] = []

    /// Whether it is so at most of the known places.
    var isMost: Bool { seen.count > unseen.count }
    /// Whether more than one place is known.
    var isShared: Bool { seen.count + unseen.count > 1 }

    /// `from 1 of 3 places: fra1`.
    var share: String {
        let all = seen.count + unseen.count
        return "from \(seen.count) of \(all) place\(all == 1 ? "" : "s"): \(seen.joined(separator: ", "))"
    }

    /// `Seen from 2 of 3 places: fra1, iad1; not from sin1; not looked at from syd1.`
    var sentence: String {
        var text = seen.isEmpty ? "Seen from none" : "Seen \(share)"
        if !unseen.isEmpty { text += "; not from \(unseen.joined(separator: ", "))" }
        if !unknown.isEmpty { text += "; not looked at from \(unknown.joined(separator: ", "))" }
        return text + "."
    }

    /// Counts a place; nil means unknown.
    mutating func count(_ place: String, _ isSo: Bool?) {
        switch isSo {
        case true?: seen.append(place)
        case false?: unseen.append(place)
        case nil: unknown.append(place)
        }
    }
}

extension Picture {
    /// Returns the vote of all places, the judge's own first.
    ///
    /// - Parameters:
    ///   - own: whether it is so at the judge's place.
    ///   - since: when it began at the judge's place, by the picture's clock: earlier looks of other places do not
    ///     count. Nil if the beginning at the judge's place does not matter.
    func vote(_ own: Bool, since: Timestamp? = nil, _ isSo: (PlaceSight) -> Bool?) -> PlaceVote {
        var vote = PlaceVote()
        vote.count(snapshot.place, own)
        for view in snapshot.places { vote.count(view.place, sight(view, since: since).flatMap(isSo)) }
        return vote
    }

    /// Returns the sight of a place; nil if it is too old.
    private func sight(_ view: PlaceView, since: Timestamp?) -> PlaceSight? {
        guard let sight = view.sight, let since else { return view.sight }
        guard let at = view.at?.adding(seconds: -state.clock.offset), at >= since else { return nil }
        return sight
    }

    /// Returns the vote on whether no server answers.
    ///
    /// - Parameter servers: the servers that count at the judge's place.
    func outageVote(_ servers: [ServerFact]) -> PlaceVote {
        let isHere = !servers.contains(where: \.answers)
        let began = servers.compactMap { server in
            state.servers[server.address].flatMap { $0.silentSince ?? $0.refusingSince }
        }.max()
        return vote(isHere, since: isHere ? began ?? now : nil) { sight in
            guard sight.isUnserved else { return sight.servers.isEmpty ? nil : false }
            return sight.isSilenceConfirmed ? true : nil
        }
    }

    /// Returns the finding with the places added at which its change is seen.
    func placing(_ finding: Finding) -> Finding {
        guard !snapshot.places.isEmpty, !finding.isPosture, finding.code != .placeForeign,
            let change = finding.changes.first(where: { $0.kind.recordType != nil && !$0.isAtParent }),
            let type = change.kind.recordType, change.backSince == nil,
            let fact = sets.first(where: { $0.key == RecordSetKey(change.name, type) }),
            fact.own.contains(where: { Set($0.value.texts(of: type)) == Set(change.new) })
        else { return finding }
        let key = fact.key
        let since = finding.since ?? state.book.suspicions[finding.key]?.since ?? now
        let vote = vote(true, since: since) { sight in
            guard let set = sight.sets.first(where: { $0.key == key }) else { return nil }
            let values = set.values.filter { !$0.servers.isEmpty }.compactMap(\.value)
            guard !values.isEmpty else { return nil }
            return values.contains { Set($0.texts(of: type)) == Set(change.new) }
        }
        var finding = finding
        finding.text.facts.append(vote.sentence)
        return finding
    }
}
