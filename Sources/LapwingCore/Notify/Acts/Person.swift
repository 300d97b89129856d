/// A person who acts, and the origin of the request.
package struct Person: Sendable, Hashable, Codable, ExpressibleByStringLiteral {
    /// The name; empty if it is unknown.
    package var name: String
    /// The origin: `page, 192.0.2.7`, `API, 192.0.2.7`, `link over ops, 192.0.2.7`, `command, user 1000`, `signal`;
    /// empty if it is unknown.
    package var origin: String

    package init(_ name: String, from origin: String = "") {
        self.name = name
        self.origin = origin
    }

    /// Creates a person without an origin.
    package init(stringLiteral name: String) { self.init(name) }
}
