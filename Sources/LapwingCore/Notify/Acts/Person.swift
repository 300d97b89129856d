/// Who acts, and from where.
package struct Person: Sendable, Hashable, Codable, ExpressibleByStringLiteral {
    /// The name; empty when that is not known.
    package var name: String
    /// From where: `page, 192.0.2.7`, `API, 192.0.2.7`, `link over ops, 192.0.2.7`, `command, user 1000`, `signal`; empty
    /// when that is not known.
    package var origin: String

    package init(_ name: String, from origin: String = "") {
        self.name = name
        self.origin = origin
    }

    /// A name, and nothing of where from.
    package init(stringLiteral name: String) { self.init(name) }
}
