package import DNSWire

/// Identifies one RRset: an owner name and a type, in class IN.
package struct RecordSetKey: Hashable, Sendable, Codable, CustomStringConvertible {
    /// The owner name; equality ignores letter case.
    package var name: Name
    /// The type of its records.
    package var type: RecordType

    package init(_ name: Name, _ type: RecordType) {
        self.name = name
        self.type = type
    }

    /// Types are compared first: most compared keys share one name.
    package static func == (one: RecordSetKey, other: RecordSetKey) -> Bool {
        one.type == other.type && one.name == other.name
    }

    /// The key as text, such as `www.example.com. A`.
    package var description: String { "\(name) \(type)" }
}
