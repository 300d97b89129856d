package import DNSWire
package import LapwingCore

/// A person's request, which waits for the engine.
package struct Request: Sendable, Hashable {
    /// The kind of a request.
    package enum Kind: String, Sendable, Hashable {
        /// Accept the present state as the new normal.
        case accept
        /// Check the domain now.
        case check
        /// Attach a remark to an incident.
        case note
    }

    /// The number in the store.
    package var id: Int64
    /// When it was made.
    package var at: Timestamp
    /// The kind.
    package var kind: Kind
    /// The domain concerned.
    package var domain: Name
    /// The incident concerned; nil for all open ones.
    package var incident: String?
    /// For ``Kind/accept`` the person, for ``Kind/note`` the remark; nil for none.
    package var text: String?
}
