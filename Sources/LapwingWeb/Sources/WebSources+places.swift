import DNSWire
import LapwingCore
import LapwingStore

/// The state of a domain as seen from one place, for the page and the API.
struct PlaceStanding: Sendable {
    var name: String
    /// Whether this place judges the domain.
    var judges = false
    /// The time of the last look from there; nil if there was none.
    var at: Timestamp?
    /// Whether the last look is recent enough to count.
    var isFresh = false
    /// The number of servers that answer there, and of all; nil if nothing is known.
    var servers: (answering: Int, all: Int)?
    /// The differences from the data at the judging place, one line each.
    var differences: [String] = []
}

extension SeenStore {
    /// Returns all places, the one that judges a domain, and its stored sights; empty if there is only one place.
    func places(of domain: Name) throws -> (all: [String], judging: String?, rows: [PlaceRow]) {
        let places = wholeStore.places
        guard !places.isEmpty, sees(domain) else { return ([], nil, []) }
        return (places, wholeStore.judgingPlace(of: domain), try wholeStore.sights(of: domain))
    }
}

extension WebSources {
    /// Returns the places that look at a domain, in the order of their names; empty if there is only one.
    func places(of entry: BoardIndex.Entry) throws -> [PlaceStanding] {
        let (all, judging, rows) = try store.places(of: entry.domain)
        guard !all.isEmpty else { return [] }
        let here = try home(entry.domain)
        return Set(all + rows.map(\.place)).sorted().map { name in
            var standing = PlaceStanding(name: name)
            if name == judging {
                standing.judges = true
                standing.at = entry.live?.checkedAt
                standing.isFresh = standing.at.map { now().seconds(since: $0) <= 2 * entry.interval } ?? false
                standing.servers = entry.live?.sight.map { ($0.answeringServers, $0.allServers) }
            } else if let row = rows.first(where: { $0.place == name }) {
                standing.at = Timestamp(milliseconds: now().milliseconds - row.age)
                standing.isFresh = row.isFresh
                guard row.isFresh else { return standing }
                standing.servers = (row.sight.answering, row.sight.servers.count)
                standing.differences = PlaceDifference.lines(
                    row.sight, servers: here.servers, resolvers: here.resolvers)
            }
            return standing
        }
    }

    /// Returns the present values of the servers and the resolvers at the judging place.
    private func home(
        _ domain: Name
    ) throws -> (servers: [RecordSetKey: Set<String>], resolvers: [RecordSetKey: Set<String>]) {
        var (servers, resolvers): ([RecordSetKey: Set<String>], [RecordSetKey: Set<String>]) = ([:], [:])
        for entry in try records(of: domain) where entry.ended == nil {
            guard let values = entry.values else { continue }
            if entry.source.hasPrefix("authority ") {
                servers[entry.key, default: []].formUnion(values)
            } else if entry.source.hasPrefix("resolver ") {
                resolvers[entry.key, default: []].formUnion(values)
            }
        }
        return (servers, resolvers)
    }
}

extension JSONText {
    static func place(_ standing: PlaceStanding) -> JSONText {
        .object([
            ("name", .text(standing.name)), ("judges", .flag(standing.judges)), ("looked", .optional(standing.at)),
            ("fresh", .flag(standing.isFresh)), ("servers_answering", .optional(standing.servers?.answering)),
            ("servers", .optional(standing.servers?.all)), ("differs", .texts(standing.differences)),
        ])
    }
}

extension DomainPage {
    func place(_ standing: PlaceStanding) -> DomainModel.Place {
        let text: String
        let style: String
        if !standing.isFresh {
            (style, text) = (
                "idle",
                standing.at.map { "not looked at from there: the last look was \(Shown.ago($0, frame.now))" }
                    ?? "not looked at from there yet"
            )
        } else {
            let servers = standing.servers.map { "\($0.answering) of \($0.all) servers answer" } ?? "no server is known"
            let isCut = standing.servers?.answering == 0
            style = isCut ? "bad" : standing.differences.isEmpty ? "good" : "warn"
            let age = standing.at.map { ", \(Shown.ago($0, frame.now))" } ?? ""
            text = (standing.judges ? "judged from there, " : "") + servers + age
        }
        let sign = ["good": "✓", "warn": "!", "bad": "✕"][style] ?? "?"
        return DomainModel.Place(
            name: Shown.text(standing.name), style: style, sign: sign, text: text,
            lines: standing.differences.map { Shown.text($0, limit: 600) })
    }
}
