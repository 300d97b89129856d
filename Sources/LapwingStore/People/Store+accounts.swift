import Foundation
package import LapwingCore

/// A user who logs in with a name and a password.
package struct Account: Sendable, Hashable {
    /// The name for the log-in.
    package var name: String
    /// The rights of the user.
    package var rights: Rights
    /// When the account was created.
    package var createdAt: Timestamp

    package init(name: String, rights: Rights, createdAt: Timestamp) {
        self.name = name
        self.rights = rights
        self.createdAt = createdAt
    }
}

/// A session of a user; only the browser knows its number.
package struct Session: Sendable, Hashable {
    /// Seconds without use after which a session ends.
    package static let longestRest: Int64 = 12 * 3600
    /// Seconds after which every session ends.
    package static let longest: Int64 = 7 * 86_400

    /// The account to which it belongs.
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

    /// Whether it is still valid.
    package func lasts(at now: Timestamp) -> Bool {
        (0..<Self.longest).contains(now.seconds(since: began)) && now.seconds(since: seen) < Self.longestRest
    }
}

extension Store {
    /// The largest number of concurrent sessions of one account; beyond it the oldest one ends.
    private static let mostSessions = 50

    /// Adds an account; false if the name is taken.
    ///
    /// - Parameter hash: the hash of the password in the format of crypt(3).
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

    /// Changes the password of an account and ends its sessions; false if there is no such account.
    package func keep(hash: String, ofAccount name: String, by person: Person, at now: Timestamp) throws -> Bool {
        try write { database in
            let count = try database.execute("UPDATE account SET hash = ? WHERE name = ?", [hash, name])
            guard count > 0 else { return false }
            try database.execute("DELETE FROM session WHERE account = ?", [name])
            try Self.insert(Act(at: now, .account, by: person, text: "\(name) has a new password"), database)
            return true
        }
    }

    /// Removes an account and ends its sessions; false if there is no such account.
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

    /// Returns all accounts by name.
    package func accounts() throws -> [Account] {
        let rows = try read { try $0.rows("SELECT * FROM account ORDER BY name LIMIT 10000") }
        return readable(rows, of: "account", key: "name", Self.account)
    }

    /// Whether there is any account.
    package func hasAccounts() throws -> Bool {
        try read { try $0.value(Bool.self, "SELECT EXISTS (SELECT 1 FROM account)") } ?? false
    }

    /// Returns the hash of an account's password; nil if there is no such account.
    package func passwordHash(of account: String) throws -> String? {
        try read { database in
            try database.value(String.self, "SELECT hash FROM account WHERE name = ?", [account])
        }
    }

    private static func account(_ row: Row) throws -> Account {
        Account(name: try row.get("name"), rights: try rights(row), createdAt: try row.get("created"))
    }

    // MARK: Sessions

    /// Begins a session; false if the account no longer exists.
    ///
    /// - Parameters:
    ///   - digest: the SHA-256 of its number.
    ///   - person: the user and the origin of the request.
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

    /// Returns the session with this digest, whether or not it is still valid.
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

    /// Records that a session was used; a power cut may undo this.
    package func note(useOfSession digest: [UInt8], at now: Timestamp) throws {
        try write(durably: false) { database in
            try database.execute("UPDATE session SET seen = ? WHERE digest = ?", [now, Data(digest)])
        }
    }

    /// Ends the session with this digest, if there is one.
    ///
    /// - Parameter person: the user who logs out; nil for a new log-in.
    package func endSession(digest: [UInt8], by person: Person?, at now: Timestamp) throws {
        try write { database in
            let count = try database.execute("DELETE FROM session WHERE digest = ?", [Data(digest)])
            guard count > 0, let person else { return }
            try Self.insert(Act(at: now, .logout, by: person), database)
        }
    }
}
