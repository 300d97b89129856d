import Foundation
package import LapwingCore

/// A token by which a program authenticates; only its holder knows the token itself.
package struct AccessToken: Sendable, Hashable {
    /// The name of the token.
    package var name: String
    /// The rights of the holder.
    package var rights: Rights
    /// When it was created.
    package var createdAt: Timestamp
    /// When it expires; nil for never.
    package var expires: Timestamp?
    /// When it was last used, to the minute; nil for never.
    package var usedAt: Timestamp?

    package init(
        name: String, rights: Rights, createdAt: Timestamp, expires: Timestamp? = nil, usedAt: Timestamp? = nil
    ) {
        self.name = name
        self.rights = rights
        self.createdAt = createdAt
        self.expires = expires
        self.usedAt = usedAt
    }

    /// The text for the journal: `act on client-a until 2027-03-01T00:00:00Z`.
    package var terms: String { rights.sentence + (expires.map { " until \($0)" } ?? "") }
}

extension Store {
    /// Stores a token by its SHA-256; false if the name is taken.
    package func add(_ token: AccessToken, digest: [UInt8], by person: Person) throws -> Bool {
        try write { database in
            let isTaken = try database.value(
                Bool.self, "SELECT EXISTS (SELECT 1 FROM token WHERE name = ?)", [token.name])
            guard isTaken != true else { return false }
            try database.execute(
                "INSERT INTO token (name, digest, role, tags, created, ended) VALUES (?, ?, ?, ?, ?, ?)",
                [
                    token.name, Data(digest), token.rights.role.rawValue, try Self.text(of: token.rights.tags),
                    token.createdAt, token.expires,
                ])
            try Self.insert(
                Act(at: token.createdAt, .token, by: person, text: token.name, after: token.terms), database)
            return true
        }
    }

    /// Revokes a token; false if there is none with this name.
    package func revoke(token name: String, by person: Person, at now: Timestamp) throws -> Bool {
        guard let known = try tokens().first(where: { $0.name == name }) else { return false }
        return try write { database in
            let count = try database.execute("DELETE FROM token WHERE name = ?", [name])
            guard count > 0 else { return false }
            try Self.removeFilters(of: "token \(name)", database)
            try Self.insert(Act(at: now, .revocation, by: person, text: name, before: known.terms), database)
            return true
        }
    }

    /// Returns all tokens by name, including expired ones.
    package func tokens() throws -> [AccessToken] {
        let rows = try read { try $0.rows("SELECT * FROM token ORDER BY name LIMIT 10000") }
        return readable(rows, of: "token", key: "name", Self.token)
    }

    /// Returns the token with this SHA-256, whether or not it has expired.
    package func token(digest: [UInt8]) throws -> AccessToken? {
        let row = try read { database in
            try database.row("SELECT * FROM token WHERE digest = ?", [Data(digest)])
        }
        return readable(row.map { [$0] } ?? [], of: "token", key: "name", Self.token).first
    }

    /// Records that a token was used; a power cut may undo this.
    package func note(use name: String, at now: Timestamp) throws {
        try write(durably: false) { database in
            try database.execute("UPDATE token SET used = ? WHERE name = ?", [now, name])
        }
    }

    private static func token(_ row: Row) throws -> AccessToken {
        AccessToken(
            name: try row.get("name"), rights: try rights(row), createdAt: try row.get("created"),
            expires: try row.find("ended"), usedAt: try row.find("used"))
    }

    /// Returns the rights in `role` and `tags`. An unreadable value grants nothing.
    static func rights(_ row: Row) throws -> Rights {
        guard let role = Rights.Role(rawValue: try row.get("role")) else { throw RowFault("role is unknown") }
        let tags = try row.find("tags", as: String.self).map { try decode([String].self, $0) }
        return Rights(role, tags: tags.map(Set.init))
    }

    static func text(of tags: Set<String>?) throws -> String? { try tags.map { try encode($0.sorted()) } }
}
