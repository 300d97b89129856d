import DNSWire

/// Servers that answer at some places and not at others.
extension ServersRule {
    /// Returns findings on servers that answer here but not at other places.
    static func elsewhere(_ servers: [ServerFact], _ picture: Picture) -> [Finding] {
        guard !picture.snapshot.places.isEmpty, servers.contains(where: \.answers), !picture.isDeclared(.servers)
        else { return [] }
        let vote = picture.outageVote(servers)
        guard !vote.seen.isEmpty else { return [] }
        if vote.isMost { return [outage(vote, servers, picture)] }
        return vote.seen.map { away(from: $0, vote, servers, picture) }
    }

    /// Returns a finding if the path from the judge's own place is cut: servers answer at other places. Nil otherwise.
    static func cutOffHere(_ vote: PlaceVote, _ servers: [ServerFact], _ picture: Picture) -> Finding? {
        guard !vote.unseen.isEmpty, !vote.isMost else { return nil }
        var finding = away(from: picture.snapshot.place, vote, servers, picture)
        finding.look = askingResolvers(picture)
        finding.evidence = servers.map { EvidencePointer($0.source, RecordSetKey(picture.domain, .soa)) }
        return finding
    }

    private static func away(
        from place: String, _ vote: PlaceVote, _ servers: [ServerFact], _ picture: Picture
    ) -> Finding {
        let isHere = place == picture.snapshot.place
        var finding = Finding(
            .placePath, .place(place), .monitorFault, .notice,
            text: Narrative(
                "\(picture.domain): its name servers cannot be reached \(vote.share); users elsewhere are served.",
                facts: [vote.sentence]
                    + (isHere ? ["From \(place): \(Change.list(servers.map { "\($0.label): \(words($0))" }))."] : []),
                grounds: ["at other places servers answered after that"],
                isNot: "an outage: that would be seen from most places.",
                advice: "Look at the way from \(place): routes, filters, rate limits. "
                    + (isHere
                        ? "Until it is over, records are not compared there."
                        : "Until it is over, nothing is known of the servers' records from there."),
                check: picture.dig(RecordSetKey(picture.domain, .soa))))
        finding.shared =
            "path from \(place) to servers " + Set(servers.map { "\($0.host.folded)" }).sorted().joined(separator: ", ")
        return finding
    }

    /// An outage at most places, of servers that answer here.
    private static func outage(_ vote: PlaceVote, _ servers: [ServerFact], _ picture: Picture) -> Finding {
        var finding = Finding(
            .serversSilent, .servers, .authorityOutage, .critical,
            text: Narrative(
                "\(picture.domain): no authoritative server answers \(vote.share).",
                facts: [vote.sentence, "Servers: \(Change.list(servers.map(\.label)))."],
                grounds: ["each of these places saw it in two looks", "they reach the zone above or a resolver"],
                isNot: "a fault of one place: most of them see it.",
                advice: "Call the DNS operator; look at routes and at servers that answer for one region only.",
                check: picture.dig(RecordSetKey(picture.domain, .soa))))
        finding.need.seconds = picture.watch.outagePatience > 0 ? picture.watch.outagePatience : nil
        finding.shared = "servers " + Set(servers.map { "\($0.host.folded)" }).sorted().joined(separator: ", ")
        return finding
    }
}
