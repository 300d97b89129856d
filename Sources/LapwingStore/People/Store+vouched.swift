import Foundation
package import LapwingCore

/// Somebody for whom a provider of identities vouches.
package struct VouchedPerson: Sendable, Hashable {
    /// Which provider.
    package var issuer: String
    /// Who he is there; for this provider nobody else is called so.
    package var subject: String
    /// How he is called here.
    package var name: String
    /// His groups there, as they were when he logged in.
    package var groups: [String]

    package init(issuer: String, subject: String, name: String, groups: [String]) {
        self.issuer = issuer
        self.subject = subject
        self.name = name
        self.groups = groups
    }
}

/// His log-in, as long as it lasts.
package struct VouchedSession: Sendable, Hashable {
    /// Whose it is.
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

    /// Whether it may still be used.
    ///
    /// - Parameter longest: seconds after which each ends.
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
    /// Sessions of one person that last at the same time; the oldest gives way.
    private static let mostVouchedSessions = 50

    /// Begins a session.
    ///
    /// - Parameters:
    ///   - digest: SHA-256 of its number.
    ///   - origin: from where he comes, as in ``Person/origin``.
    ///   - rights: what he may do, for the journal.
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

    /// The session of this digest, whether or not it still lasts.
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

    /// Notes that a session was used; it may be lost with the machine's power.
    package func note(useOfVouchedSession digest: [UInt8], at now: Timestamp) throws {
        try write(durably: false) { database in
            try database.execute(
                "UPDATE vouched_session SET seen = ? WHERE digest = ?",
                [now, Data(digest)])
        }
    }

    /// Ends a session, where there is one of this digest.
    ///
    /// - Parameter person: who leaves; nil where he comes in anew.
    package func endVouchedSession(digest: [UInt8], by person: Person?, at now: Timestamp) throws {
        try write { database in
            let count = try database.execute("DELETE FROM vouched_session WHERE digest = ?", [Data(digest)])
            guard count > 0, let person else { return }
            try Self.insert(Act(at: now, .logout, by: person), database)
        }
    }
}
