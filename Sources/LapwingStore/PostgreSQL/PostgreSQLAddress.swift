internal import CPostgreSQL
import Foundation

/// Where a server is and how to come in: what libpq takes as a connection string.
struct PostgreSQLAddress: Sendable {
    private let text: String

    /// Nil for a text that is no address of a server.
    init?(_ text: String) {
        guard text.hasPrefix("postgresql://") || text.hasPrefix("postgres://") else { return nil }
        self.text = text
    }

    /// The same without what is secret: for logs, pages and faults.
    var visible: String {
        var text = text
        if let start = text.firstRange(of: "://")?.upperBound {
            let end = text[start...].firstIndex { "/?#".contains($0) } ?? text.endIndex
            // A password may hold an @ that nobody has written as %40.
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

    /// Where nothing else is said: a server that is gone is noticed within seconds, and one that is slow is waited for.
    private static let usual = [
        "connect_timeout": "5", "fallback_application_name": "lapwing", "keepalives_idle": "10",
        "keepalives_interval": "5", "keepalives_count": "3", "tcp_user_timeout": "15000",
        // A server that can be written to, where several are named.
        "target_session_attrs": "read-write",
    ]

    /// Each parameter by its name, as libpq reads them.
    func parameters() throws -> [String: String] {
        var message: UnsafeMutablePointer<CChar>?
        guard let options = PQconninfoParse(text, &message) else {
            // What libpq says may quote the password.
            PQfreemem(message)
            throw DatabaseFault(
                .statement,
                reason: "it is no connection string; write postgresql://USER@HOST/DATABASE, with %40 for an @ in a name"
            )
        }
        defer { PQconninfoFree(options) }
        var found = Self.usual
        // Where a pooler is in between, it decides which server it is.
        var place = options
        while let name = place.pointee.keyword {
            if let value = place.pointee.val { found[String(cString: name)] = String(cString: value) }
            place += 1
        }
        if !(found["host"] ?? found["hostaddr"] ?? "").contains(",") { found["target_session_attrs"] = nil }
        found["client_encoding"] = "UTF8"
        return found
    }
}

/// Where a store is.
package enum StoreLocation: Sendable {
    case file(String)
    case server(visible: String)

    /// Reads what `store` of the configuration says: a path, `sqlite://PATH`, or `postgresql://…`.
    package init(_ text: String) {
        if let address = PostgreSQLAddress(text) {
            self = .server(visible: address.visible)
        } else {
            self = .file(text.hasPrefix("sqlite://") ? String(text.dropFirst("sqlite://".count)) : text)
        }
    }

    /// The path of the file; nil for a server.
    package var path: String? {
        if case .file(let path) = self { return path }
        return nil
    }

    /// For people: without a password.
    package var visible: String {
        switch self {
        case .file(let path): path
        case .server(let visible): visible
        }
    }
}
