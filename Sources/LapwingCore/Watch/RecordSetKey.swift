package import DNSWire

/// Names one RRset: an owner name and a type, in class IN.
package struct RecordSetKey: Hashable, Sendable, Codable, CustomStringConvertible {
    package var name: Name
    package var type: RecordType

    package init(_ name: Name, _ type: RecordType) {
        self.name = name
        self.type = type
    }

    /// `www.example.com. A`
    package var description: String { "\(name) \(type)" }
}
