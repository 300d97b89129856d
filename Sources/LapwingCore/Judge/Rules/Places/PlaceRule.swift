import DNSWire

/// One place receives data that the domain's servers never gave anywhere else: its path is hijacked, or a resolver
/// there has forged data.
enum PlaceRule {
    static let rule = Rule(
        "place", references: ["RFC 5452", "RFC 4786"],
        table: [
            Rule.Row(
                .placeForeign, .hijackSuspected, [.critical],
                "the domain's servers, as they are reached from a place, give what they give nowhere else, twice"),
            Rule.Row(
                .placeForeign, .resolverPoisoned, [.critical],
                "a resolver, as it is reached from a place, gives what no server gives anywhere, twice"),
        ]
    ) { picture, found in
        guard !picture.snapshot.places.isEmpty, !picture.isBlind, !picture.isLearning,
            picture.snapshot.parent.state == .delegated, picture.state.baseline.departure == nil,
            !found.has(.delegation, atLeast: .warning)
        else { return [] }
        return strange(picture).map { finding($1, at: $0, picture) }
    }

    /// Returns the data of each place that no known source ever served. It is reported and not learnt.
    static func strange(_ picture: Picture) -> [(place: String, foreign: PlaceForeign)] {
        let seen = picture.snapshot.places.flatMap { view in
            picture.foreignValues(at: view).map { (place: view.place, foreign: $0) }
        }
        return seen.filter { _, foreign in !isNewByPlace(foreign, seen) && !picture.isAnnounced(foreign.key.type) }
    }

    /// Whether the servers have begun to serve by region. Then each place gets different records, whereas a hijacker
    /// gives the same records at all places that the hijack reaches.
    private static func isNewByPlace(_ foreign: PlaceForeign, _ seen: [(place: String, foreign: PlaceForeign)]) -> Bool
    {
        !foreign.value.servers.isEmpty
            && seen.contains { _, other in
                other.key == foreign.key && !other.value.servers.isEmpty
                    && Set(other.set.members).isDisjoint(with: foreign.set.members)
            }
    }

    private static func finding(_ foreign: PlaceForeign, at place: String, _ picture: Picture) -> Finding {
        let (key, value) = (foreign.key, foreign.value)
        let vote = picture.vote(false) { sight in
            guard let set = sight.sets.first(where: { $0.key == key }) else { return nil }
            return set.values.contains { $0.isConfirmed && $0.value?.members == foreign.set.members }
        }
        let servers = value.servers.compactMap { number in
            picture.snapshot.places.first { $0.place == place }?.sight.flatMap {
                $0.servers.indices.contains(number) ? $0.servers[number] : nil
            }
        }
        let isPath = !servers.isEmpty
        let what = foreign.set.text(of: key.type)
        let right = picture.memory(key)?.current?.text(of: key.type) ?? "-"
        let who =
            isPath
            ? "your servers give \(what)"
            : "resolver\(value.resolvers.count == 1 ? "" : "s") \(Change.list(value.resolvers)) give\(value.resolvers.count == 1 ? "s" : "") \(what)"
        var finding = Finding(
            .placeForeign, .place(place), isPath ? .hijackSuspected : .resolverPoisoned, .critical, subject: key,
            text: Narrative(
                "\(key.name) \(key.type): from \(place) \(who); elsewhere they give \(right) and were never seen to give that"
                    + (isPath ? ": the path from there seems to be hijacked." : "."),
                facts: [vote.sentence]
                    + servers.prefix(8).map { "From \(place): \($0.host) (\($0.address)) gives \(what)." },
                grounds: [
                    "it was seen there in two looks in a row",
                    "the servers were asked from \(picture.snapshot.place) after that",
                    "this place was known to get what others get",
                ],
                isNot: "records that differ by place: until now they did not.",
                advice: isPath
                    ? "Call the operators of your name servers and of the network at \(place): routes to them may be announced "
                        + "by somebody else. Certificates issued now are suspect. If it is meant to be so, accept it."
                    : "Its cache is poisoned or its path is intercepted there: ask the operator to flush \(key.name). "
                        + "If it is meant to be so, accept it.",
                check: picture.dig(key)))
        finding.changes = [
            Change(
                key, from: picture.memory(key)?.current, to: foreign.set,
                seenBy: isPath ? ["servers from \(place)"] : value.resolvers.map { "\($0) from \(place)" })
        ]
        finding.need = Confirmation(looks: 2, polls: 1, patience: 3)
        finding.clearing = .absent(polls: 3)
        return finding
    }
}
