/// The reason why an engine did not do what it was asked for.
package struct DatabaseFault: Error, CustomStringConvertible, Sendable {
    /// The cause of a fault.
    package enum Kind: Sendable {
        /// The file, the disk or the server: a later try may succeed.
        case engine
        /// The statement.
        case statement
        /// Another daemon has taken over the store: this one must not write any more.
        case superseded
    }

    /// What failed, which determines whether the same may succeed later.
    package var kind: Kind
    /// The engine's message, in short.
    package var reason: String
    /// The same with the failed operation, for the log.
    package var description: String

    /// Whether the server is unreachable.
    var isAway: Bool {
        kind == .engine && (code == nil || code?.hasPrefix("08") == true || code?.hasPrefix("57P") == true)
    }

    /// The engine's error code, such as an SQLSTATE; nil if there is none.
    var code: String?

    package init(_ kind: Kind, reason: String, description: String? = nil) {
        self.kind = kind
        self.reason = reason
        self.description = description ?? reason
    }
}
