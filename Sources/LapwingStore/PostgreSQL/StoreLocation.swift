internal import CPostgreSQL
import Foundation

/// The location of a store.
package enum StoreLocation: Sendable {
    case file(String)
    case server(visible: String)

    /// Parses `store` of the configuration: a path, `sqlite://PATH`, or `postgresql://…`.
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

    /// The text for display, without a password.
    package var visible: String {
        switch self {
        case .file(let path): path
        case .server(let visible): visible
        }
    }
}
