package import DNSWire
import Foundation
package import LapwingCore

/// A note of one look from a place at a domain, to be stored.
package struct PlaceNote: Sendable {
    /// The domain.
    package var domain: Name
    /// Milliseconds since the look began.
    package var age: Int64
    /// Milliseconds for which the look counts, from its beginning on.
    package var lasts: Int64
    /// The sight; nil if it is the same as the stored one.
    package var sight: PlaceSight?
    /// Whether the domain's judge should not wait for its slot.
    package var isUrgent: Bool

    package init(domain: Name, age: Int64, lasts: Int64, sight: PlaceSight?, isUrgent: Bool = false) {
        self.domain = domain
        self.age = age
        self.lasts = lasts
        self.sight = sight
        self.isUrgent = isUrgent
    }
}

/// The stored sight of a domain from one place.
package struct PlaceRow: Sendable {
    /// The name of the place.
    package var place: String
    /// Milliseconds since the look began.
    package var age: Int64
    /// Whether the look is recent enough to count.
    package var isFresh: Bool
    /// The sight that the place stored.
    package var sight: PlaceSight
}

/// News that the sight of a domain from a place has changed, or a wish that places look at the domain.
package struct PlaceNews: Sendable, Hashable {
    /// The domain concerned.
    package var domain: Name
    /// Since when, in milliseconds of the database server's clock.
    package var at: Int64
    /// Whether the recipient should not wait for the domain's slot.
    package var isUrgent: Bool
}

/// The places from which workers look, and the sights and wishes that they exchange. Earlier looks are not kept.
extension Store {
    /// The name of a vantage without a name, if there are others.
    package static let unnamedPlace = "unnamed"
    /// Milliseconds after which the last sights of a place that no longer looks are deleted.
    private static let longestPlace: Int64 = 86_400_000
    private static let longestWish: Int64 = 3_600_000

    /// The sorted places of the live workers; empty if there is only one.
    package var places: [String] {
        guard let places = membership?.holding.places, places.count > 1 else { return [] }
        return places.map(Self.name)
    }

    /// The place of this worker.
    package var place: String { Self.name(membership?.vantage ?? "") }

    /// Returns the place that judges a domain; nil if no worker holds its shard, or if there is only one place.
    package func judgingPlace(of domain: Name) -> String? {
        membership?.holding.judges[Shard.of(domain)].map(Self.name)
    }

    /// Whether this worker looks at a domain for its place while another place judges it.
    package func looks(at domain: Name) -> Bool { membership?.holding.looks.contains(Shard.of(domain)) ?? false }

    private static func name(_ vantage: String) -> String { vantage.isEmpty ? unnamedPlace : vantage }

    /// Stores the notes of this place in one short transaction, which may be lost if the server loses power.
    ///
    /// - Returns: the domains of notes without a sight for which no sight is stored; it is to be stored in full.
    package func leave(_ notes: [PlaceNote]) throws -> [Name] {
        guard let membership, !notes.isEmpty else { return [] }
        let (place, now) = (place, PostgreSQLMembership.now)
        let bodies = try notes.map { note in
            try note.sight.map { try Deflated.pack(Data(try Self.encode($0).utf8)) }
        }
        return try membership.aside { link in
            var missing: [Name] = []
            for (note, body) in zip(notes, bodies) {
                let domain = StoredValue.text(note.domain.folded.description)
                guard let body else {
                    let count = try link.execute(
                        "UPDATE place_sight SET at = greatest(at, \(now) - ?), lasts = ? WHERE domain = ? AND place = ?",
                        [.integer(note.age), .integer(note.lasts), domain, .text(place)]
                    ).changes
                    if count == 0 { missing.append(note.domain) }
                    continue
                }
                // While a worker joins, two of them may look for the same place: the later look wins.
                _ = try link.execute(
                    """
                    INSERT INTO place_sight (domain, place, at, lasts, changed, urgent, body)
                    VALUES (?, ?, \(now) - ?, ?, \(now), ?, ?)
                    ON CONFLICT (domain, place) DO UPDATE SET at = excluded.at, lasts = excluded.lasts,
                        changed = excluded.changed, urgent = excluded.urgent, body = excluded.body
                    WHERE place_sight.at <= excluded.at
                    """,
                    [
                        domain, .text(place), .integer(note.age), .integer(note.lasts),
                        .integer(note.isUrgent ? 1 : 0), .blob(body),
                    ])
            }
            return missing
        }
    }

    /// Returns the stored sights of a domain, without those that cannot be read.
    package func sights(of domain: Name) throws -> [PlaceRow] {
        guard isShared else { return [] }
        let rows = try read { database in
            try database.rows(
                """
                SELECT place, greatest(0, \(PostgreSQLMembership.now) - at) AS age, lasts, body FROM place_sight
                WHERE domain = ? ORDER BY place
                """, [domain.folded.description])
        }
        return rows.compactMap { row in
            guard let text = try? Deflated.unpack(try row.get("body")),
                let sight = try? Self.decode(PlaceSight.self, text), sight.form == PlaceSight.form,
                let place = try? row.get("place", as: String.self), let age = try? row.get("age", as: Int64.self),
                let lasts = try? row.get("lasts", as: Int64.self)
            else { return nil }
            return PlaceRow(place: place, age: age, isFresh: age <= lasts, sight: sight)
        }
    }

    /// Returns the domains whose sights have changed, and the time of each change by the database server's clock.
    ///
    /// - Parameter moment: the time that the previous call returned, nil for the first call. Changes from shortly
    ///   before are returned again, since a transaction that took its time earlier may become visible later.
    package func placeNews(after moment: Int64?) throws -> (news: [PlaceNews], at: Int64) {
        try placeNews("SELECT domain, changed AS at, urgent FROM place_sight WHERE changed > ?", moment)
    }

    /// Returns the wishes that places look at domains, in the same way.
    package func placeWishes(after moment: Int64?) throws -> (news: [PlaceNews], at: Int64) {
        try placeNews("SELECT domain, at, 1::bigint AS urgent FROM place_wish WHERE at > ?", moment)
    }

    /// Milliseconds for which a transaction that has taken its time may not be visible yet.
    private static let overlap: Int64 = 3000

    private func placeNews(_ query: String, _ moment: Int64?) throws -> (news: [PlaceNews], at: Int64) {
        guard isShared else { return ([], 0) }
        guard let moment else {
            return ([], try read { try $0.value(Int64.self, "SELECT \(PostgreSQLMembership.now)") } ?? 0)
        }
        let rows = try read { try $0.rows(query, [moment - Self.overlap]) }
        let news = try rows.compactMap { row -> PlaceNews? in
            guard let domain = try? Name(try row.get("domain", as: String.self)) else { return nil }
            return PlaceNews(
                domain: domain, at: try row.get("at"), isUrgent: try row.get("urgent", as: Int64.self) == 1)
        }
        return (news, max(moment, news.map(\.at).max() ?? moment))
    }

    /// Stores a wish that the other places look at a domain now.
    package func wishForLooks(at domain: Name) throws {
        guard let membership else { return }
        try membership.aside { link in
            _ = try link.execute(
                """
                INSERT INTO place_wish (domain, at) VALUES (?, \(PostgreSQLMembership.now))
                ON CONFLICT (domain) DO UPDATE SET at = excluded.at
                """, [.text(domain.folded.description)])
        }
    }

    /// Returns the number of domains with a fresh sight and with only an old one, for each place.
    package func placeCounts() throws -> [String: (fresh: Int, stale: Int)] {
        guard isShared else { return [:] }
        let rows = try read { database in
            try database.rows(
                """
                SELECT place, count(*) AS total, count(*) FILTER (WHERE at + lasts >= \(PostgreSQLMembership.now)) AS fresh
                FROM place_sight GROUP BY place ORDER BY place LIMIT 64
                """)
        }
        var counts: [String: (fresh: Int, stale: Int)] = [:]
        for row in rows {
            let (total, fresh): (Int64, Int64) = (try row.get("total"), try row.get("fresh"))
            counts[try row.get("place")] = (Int(fresh), Int(total - fresh))
        }
        return counts
    }

    /// Deletes the sights of domains from this place, as when this place judges them from now on.
    package func forgetSights(of domains: [Name]) throws {
        guard let membership, !domains.isEmpty else { return }
        let place = place
        try membership.aside { link in
            for start in stride(from: 0, to: domains.count, by: 1000) {
                let names = domains[start..<min(start + 1000, domains.count)].map(\.folded.description)
                _ = try link.execute(
                    "DELETE FROM place_sight WHERE place = ? AND domain IN \(PostgreSQLDialect().list)",
                    [.text(place), .text(try Self.encode(names))])
            }
        }
    }

    /// Deletes the sights of places that no longer look, and old wishes.
    package func forgetPlaces() throws {
        guard let membership else { return }
        try membership.aside { link in
            let now = PostgreSQLMembership.now
            _ = try link.script("DELETE FROM place_sight WHERE at < \(now) - \(Self.longestPlace)")
            _ = try link.script("DELETE FROM place_wish WHERE at < \(now) - \(Self.longestWish)")
        }
    }
}
