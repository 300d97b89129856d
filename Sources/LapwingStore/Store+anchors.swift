package import DNSSEC
import GRDB

extension Store {
    private static let anchorsKey = "anchors"

    /// What is known of the root's keys (RFC 5011); nothing before they were first seen.
    package func anchors() throws -> ManagedAnchors? {
        try database.read { database in
            let text = try String.fetchOne(
                database, sql: "SELECT value FROM memo WHERE key = ?", arguments: [Self.anchorsKey])
            return text.flatMap { try? Self.decode(ManagedAnchors.self, $0) }
        }
    }

    /// Keeps what is known of the root's keys.
    package func keep(anchors: ManagedAnchors) throws {
        try database.write { database in
            try database.execute(
                sql:
                    "INSERT INTO memo (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
                arguments: [Self.anchorsKey, Self.encode(anchors)])
        }
    }
}
