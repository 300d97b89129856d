package import DNSSEC
import Foundation

extension Store {
    private static let anchorsKey = "anchors"

    /// What is known of the root's keys (RFC 5011); nothing before they were first seen.
    package func anchors() throws -> ManagedAnchors? {
        let text = try read { database in
            try database.value(String.self, "SELECT value FROM memo WHERE key = ?", [Self.anchorsKey])
        }
        do {
            return try text.map { try Self.decode(ManagedAnchors.self, $0) }
        } catch {
            setAside("memo", row: Self.anchorsKey, error, data: text.map { Data($0.utf8) })
            return nil
        }
    }

    /// Keeps what is known of the root's keys.
    package func keep(anchors: ManagedAnchors) throws {
        try write { database in
            try database.execute(Self.memo, [Self.anchorsKey, Data(try Self.encode(anchors).utf8)])
        }
    }
}
