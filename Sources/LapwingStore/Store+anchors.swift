package import DNSSEC
import Foundation
package import LapwingCore

extension Store {
    private static let anchorsKey = "anchors"

    /// Returns the states of the root's keys (RFC 5011); nil before the keys were first seen.
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

    /// Returns the root's keys that are not trusted yet, each with the moment until which it must be seen (RFC 5011
    /// section 2.4.1).
    package func pendingAnchors() throws -> [(tag: UInt16, until: Timestamp)] {
        (try anchors()?.keys ?? []).compactMap { key in
            guard key.state == .pending, let until = key.heldUntil else { return nil }
            return (key.tag, Timestamp(seconds: until))
        }
    }

    /// Stores the states of the root's keys.
    package func keep(anchors: ManagedAnchors) throws {
        try write(under: .desk) { database in
            try database.execute(Self.memo, [Self.anchorsKey, Data(try Self.encode(anchors).utf8)])
        }
    }
}
