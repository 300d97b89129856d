import Foundation
package import LapwingCore

/// Somebody who comes in by a name and a password.
package struct Account: Sendable, Hashable {
    /// By what he comes in.
    package var name: String
    /// What he may do.
    package var rights: Rights
    /// When the account was made.
    package var createdAt: Timestamp

    package init(name: String, rights: Rights, createdAt: Timestamp) {
        self.name = name
        self.rights = rights
        self.createdAt = createdAt
    }
}

/// A log-in that lasts; its number is known to the browser only.
package struct Session: Sendable, Hashable {
    /// Seconds after which one ends that is not used, and after which each ends.
    package static let longestRest: Int64 = 12 * 3600
    /// Seconds after which each ends.
    package static let longest: Int64 = 7 * 86_400

    /// Whose it is.
    package var account: Account
    /// When it began.
    package var began: Timestamp
    /// When it was last used, to the minute.
    package var seen: Timestamp

    package init(account: Account, began: Timestamp, seen: Timestamp) {
        self.account = account
        self.began = began
        self.seen = seen
    }

    /// Whether it may still be used.
    package func lasts(at now: Timestamp) -> Bool {
        (0..<Self.longest).contains(now.seconds(since: began)) && now.seconds(since: seen) < Self.longestRest
    }
}

extension Store {
    /// Sessions of one account that last at the same time; the oldest gives way.
    private static let mostSessions = 50

    /// Makes an account; false where there is one of that name.
    ///
    /// - Parameter hash: of the password, as crypt(3) writes it.
    package func add(_ account: Account, hash: String, by person: Person) throws -> Bool {
        try write { database in
            let isTaken = try database.value(
                Bool.self, "SELECT EXISTS (SELECT 1 FROM account WHERE name = ?)", [account.name])
            guard isTaken != true else { return false }
            try database.execute(
                "INSERT INTO account (name, hash, role, tags, created) VALUES (?, ?, ?, ?, ?)",
                [
                    account.name, hash, account.rights.role.rawValue, try Self.text(of: account.rights.tags),
                    account.createdAt,
                ])
            try Self.insert(
                Act(
                    at: account.createdAt, .account, by: person, text: account.name, after: account.rights.sentence),
                database)
            return true
        }
    }

    /// Gives an account another password and ends its sessions; false where there is none of that name.
    package func keep(hash: String, ofAccount name: String, by person: Person, at now: Timestamp) throws -> Bool {
        try write { database in
            let count = try database.execute("UPDATE account SET hash = ? WHERE name = ?", [hash, name])
            guard count > 0 else { return false }
            try database.execute("DELETE FROM session WHERE account = ?", [name])
            try Self.insert(Act(at: now, .account, by: person, text: "\(name) has another password"), database)
            return true
        }
    }

    /// Closes an account and ends its sessions; false where there is none of that name.
    package func remove(account name: String, by person: Person, at now: Timestamp) throws -> Bool {
        guard let known = try accounts().first(where: { $0.name == name }) else { return false }
        return try write { database in
            try database.execute("DELETE FROM session WHERE account = ?", [name])
            let count = try database.execute("DELETE FROM account WHERE name = ?", [name])
            guard count > 0 else { return false }
            try Self.removeFilters(of: name, database)
            try Self.insert(
                Act(at: now, .closure, by: person, text: name, before: known.rights.sentence), database)
            return true
        }
    }

    /// All accounts by name.
    package func accounts() throws -> [Account] {
        let rows = try read { try $0.rows("SELECT * FROM account ORDER BY name LIMIT 10000") }
        return readable(rows, of: "account", key: "name", Self.account)
    }

    /// Whether there is any account.
    package func hasAccounts() throws -> Bool {
        try read { try $0.value(Bool.self, "SELECT EXISTS (SELECT 1 FROM account)") } ?? false
    }

    /// The hash of an account's password; nil where there is none of that name.
    package func passwordHash(of account: String) throws -> String? {
        try read { database in
            try database.value(String.self, "SELECT hash FROM account WHERE name = ?", [account])
        }
    }

    private static func account(_ row: Row) throws -> Account {
        Account(name: try row.get("name"), rights: try rights(row), createdAt: try row.get("created"))
    }

    // MARK: Sessions

    /// Begins a session; false where the account is there no longer.
    ///
    /// - Parameters:
    ///   - digest: SHA-256 of its number.
    ///   - person: whose it is, and from where.
    package func beginSession(digest: [UInt8], by person: Person, at now: Timestamp) throws -> Bool {
        try write { database in
            let isThere = try database.value(
                Bool.self, "SELECT EXISTS (SELECT 1 FROM account WHERE name = ?)", [person.name])
            guard isThere == true else { return false }
            try database.execute(
                "DELETE FROM session WHERE began < ? OR seen < ?",
                [now.adding(seconds: -Session.longest), now.adding(seconds: -Session.longestRest)])
            try database.execute(
                """
                DELETE FROM session WHERE account = ? AND digest NOT IN
                (SELECT digest FROM session WHERE account = ? ORDER BY seen DESC LIMIT ?)
                """, [person.name, person.name, Self.mostSessions - 1])
            try database.execute(
                "INSERT INTO session (digest, account, began, seen) VALUES (?, ?, ?, ?)",
                [Data(digest), person.name, now, now])
            try Self.insert(Act(at: now, .login, by: person), database)
            return true
        }
    }

    /// The session of this digest, whether or not it still lasts.
    package func session(digest: [UInt8]) throws -> Session? {
        let row = try read { database in
            try database.row(
                "SELECT account.*, began, seen FROM session JOIN account ON account.name = session.account WHERE session.digest = ?",
                [Data(digest)])
        }
        return readable(row.map { [$0] } ?? [], of: "session", key: "name") { row in
            Session(account: try Self.account(row), began: try row.get("began"), seen: try row.get("seen"))
        }.first
    }

    /// Notes that a session was used; it may be lost with the machine's power.
    package func note(useOfSession digest: [UInt8], at now: Timestamp) throws {
        try write(durably: false) { database in
            try database.execute("UPDATE session SET seen = ? WHERE digest = ?", [now, Data(digest)])
        }
    }

    /// Ends a session, where there is one of this digest.
    ///
    /// - Parameter person: who leaves; nil where he comes in anew.
    package func endSession(digest: [UInt8], by person: Person?, at now: Timestamp) throws {
        try write { database in
            let count = try database.execute("DELETE FROM session WHERE digest = ?", [Data(digest)])
            guard count > 0, let person else { return }
            try Self.insert(Act(at: now, .logout, by: person), database)
        }
    }
}
