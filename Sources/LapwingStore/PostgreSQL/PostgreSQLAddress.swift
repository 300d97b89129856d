internal import CPostgreSQL
import Foundation

/// The address and credentials of a server, as a connection string for libpq.
struct PostgreSQLAddress: Sendable {
    private let text: String

    /// Nil for a text that is not an address of a server.
    init?(_ text: String) {
        guard text.hasPrefix("postgresql://") || text.hasPrefix("postgres://") else { return nil }
        self.text = text
    }

    /// The same without secrets, for logs, pages and faults.
    var visible: String {
        var text = text
        if let start = text.firstRange(of: "://")?.upperBound {
            let end = text[start...].firstIndex { "/?#".contains($0) } ?? text.endIndex
            // A password may contain an @ that was not escaped as %40.
            if let at = text[start..<end].lastIndex(of: "@"), let colon = text[start..<at].firstIndex(of: ":") {
                text.removeSubrange(colon..<at)
            }
        }
        guard let mark = text.firstIndex(of: "?") else { return text }
        let kept = text[text.index(after: mark)...].split(separator: "&").filter { part in
            !["password=", "sslpassword="].contains { part.lowercased().hasPrefix($0) }
        }
        return String(text[..<mark]) + (kept.isEmpty ? "" : "?" + kept.joined(separator: "&"))
    }

    /// The defaults: a lost server is noticed within seconds, and a slow one is waited for.
    private static let usual = [
        "connect_timeout": "5", "fallback_application_name": "lapwing", "keepalives_idle": "10",
        "keepalives_interval": "5", "keepalives_count": "3", "tcp_user_timeout": "15000",
        // If several servers are named, one that accepts writes.
        "target_session_attrs": "read-write",
    ]

    /// Returns each parameter by name, as parsed by libpq.
    func parameters() throws -> [String: String] {
        var message: UnsafeMutablePointer<CChar>?
        guard let options = PQconninfoParse(text, &message) else {
            // The message of libpq may quote the password.
            PQfreemem(message)
            throw DatabaseFault(
                .statement,
                reason: "it is no connection string; write postgresql://USER@HOST/DATABASE, with %40 for an @ in a name"
            )
        }
        defer { PQconninfoFree(options) }
        var found = Self.usual
        var place = options
        while let name = place.pointee.keyword {
            if let value = place.pointee.val { found[String(cString: name)] = String(cString: value) }
            place += 1
        }
        // A single host may be a pooler, which chooses the server itself.
        if !(found["host"] ?? found["hostaddr"] ?? "").contains(",") { found["target_session_attrs"] = nil }
        found["client_encoding"] = "UTF8"
        return found
    }
}
