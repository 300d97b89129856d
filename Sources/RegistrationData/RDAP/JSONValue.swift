/// A JSON value (RFC 8259).
package enum JSONValue: Hashable, Sendable {
    case null
    case bool(Bool)
    /// As written: numbers are compared and shown, never computed with.
    case number(String)
    case string(String)
    case array([JSONValue])
    case object([Member])

    /// One name of an object with its value; names may occur twice.
    package struct Member: Hashable, Sendable {
        /// The name, with its escapes resolved.
        package var name: String
        /// The value.
        package var value: JSONValue

        package init(name: String, value: JSONValue) {
            self.name = name
            self.value = value
        }
    }

    /// The first member of an object with this name; nil if there is none, and for anything but an object.
    package subscript(_ name: String) -> JSONValue? {
        guard case .object(let members) = self else { return nil }
        return members.first { $0.name == name }?.value
    }

    /// The text of a string; nil for anything else.
    package var text: String? {
        if case .string(let text) = self { text } else { nil }
    }

    /// The value of `true` or `false`; nil for anything else.
    package var flag: Bool? {
        if case .bool(let flag) = self { flag } else { nil }
    }

    /// The elements of an array; a single value counts as an array of one, as loose servers send it.
    package var elements: [JSONValue] {
        switch self {
        case .array(let elements): elements
        case .null: []
        default: [self]
        }
    }

    /// The text of a string or number; nil for anything else.
    package var shown: String? {
        switch self {
        case .string(let text), .number(let text): text
        default: nil
        }
    }
}
