import Foundation
package import LapwingCore

/// A user for whom an identity provider vouches.
package struct VouchedPerson: Sendable, Hashable {
    /// The provider.
    package var issuer: String
    /// The identifier of the user, unique at this provider.
    package var subject: String
    /// The name that is used here.
    package var name: String
    /// The groups of the user at the log-in.
    package var groups: [String]

    package init(issuer: String, subject: String, name: String, groups: [String]) {
        self.issuer = issuer
        self.subject = subject
        self.name = name
        self.groups = groups
    }
}

/// A session of such a user.
package struct VouchedSession: Sendable, Hashable {
    /// The user.
    package var person: VouchedPerson
    /// When it began.
    package var began: Timestamp
    /// When it was last used, to the minute.
    package var seen: Timestamp

    package init(person: VouchedPerson, began: Timestamp, seen: Timestamp) {
        self.person = person
        self.began = began
        self.seen = seen
    }

    /// Whether it is still valid.
    ///
    /// - Parameter longest: seconds after which every session ends.
    package func lasts(at now: Timestamp, longest: Int64) -> Bool {
        (0..<longest).contains(now.seconds(since: began)) && now.seconds(since: seen) < Session.longestRest
    }
}

extension Migrations {
    static let vouchedSessions = [
        """
        CREATE TABLE vouched_session (
            -- SHA-256; the number itself is in the browser.
            digest BLOB PRIMARY KEY,
            issuer TEXT NOT NULL,
            subject TEXT NOT NULL,
            name TEXT NOT NULL,
            -- JSON.
            memberships TEXT NOT NULL,
            began INTEGER NOT NULL,
            -- When it was last used, to the minute.
            seen INTEGER NOT NULL
        )
        """
    ]
}

extension Store {
    /// The largest number of concurrent sessions of one user; beyond it the oldest one ends.
    private static let mostVouchedSessions = 50

    /// Begins a session.
    ///
    /// - Parameters:
    ///   - digest: the SHA-256 of its number.
    ///   - origin: the origin of the request, as in ``Person/origin``.
    ///   - rights: the rights of the user, for the journal.
    package func beginSession(
        digest: [UInt8], of person: VouchedPerson, from origin: String, rights: Rights, at now: Timestamp
    ) throws {
        try write { database in
            try database.execute(
                "DELETE FROM vouched_session WHERE began < ? OR seen < ?",
                [now.adding(seconds: -Session.longest), now.adding(seconds: -Session.longestRest)])
            try database.execute(
                """
                DELETE FROM vouched_session WHERE issuer = ? AND subject = ? AND digest NOT IN
                (SELECT digest FROM vouched_session WHERE issuer = ? AND subject = ? ORDER BY seen DESC LIMIT ?)
                """,
                [
                    person.issuer, person.subject, person.issuer, person.subject, Self.mostVouchedSessions - 1,
                ])
            try database.execute(
                """
                INSERT INTO vouched_session (digest, issuer, subject, name, memberships, began, seen)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                """,
                [
                    Data(digest), person.issuer, person.subject, person.name, try Self.encode(person.groups), now, now,
                ])
            try Self.insert(
                Act(
                    at: now, .login, by: Person(person.name, from: origin), text: "subject \(person.subject)",
                    after: rights.sentence), database)
        }
    }

    /// Returns the session with this digest, whether or not it is still valid.
    package func vouchedSession(digest: [UInt8]) throws -> VouchedSession? {
        let row = try read { database in
            try database.row("SELECT * FROM vouched_session WHERE digest = ?", [Data(digest)])
        }
        return readable(row.map { [$0] } ?? [], of: "vouched_session", key: "name") { row in
            VouchedSession(
                person: VouchedPerson(
                    issuer: try row.get("issuer"), subject: try row.get("subject"), name: try row.get("name"),
                    groups: try Self.decode([String].self, try row.get("memberships", as: String.self))),
                began: try row.get("began"), seen: try row.get("seen"))
        }.first
    }

    /// Records that a session was used; a power cut may undo this.
    package func note(useOfVouchedSession digest: [UInt8], at now: Timestamp) throws {
        try write(durably: false) { database in
            try database.execute(
                "UPDATE vouched_session SET seen = ? WHERE digest = ?",
                [now, Data(digest)])
        }
    }

    /// Ends the session with this digest, if there is one.
    ///
    /// - Parameter person: the user who logs out; nil for a new log-in.
    package func endVouchedSession(digest: [UInt8], by person: Person?, at now: Timestamp) throws {
        try write { database in
            let count = try database.execute("DELETE FROM vouched_session WHERE digest = ?", [Data(digest)])
            guard count > 0, let person else { return }
            try Self.insert(Act(at: now, .logout, by: person), database)
        }
    }
}
