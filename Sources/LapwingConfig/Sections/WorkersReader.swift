import LapwingCore

/// Reads `workers`: whether the daemon shares its store with others, and under which name.
struct WorkersReader {
    /// The longest name in characters.
    private static let longest = 63

    /// Returns the name, empty for that of the machine; nil if the store is not shared.
    func worker(_ value: ValueReader, of store: String) -> String? {
        var name: String?
        if value.isMapping {
            guard let fields = value.fields(.workers) else { return nil }
            guard let given = fields["name"] else { return shared("", value, store) }
            guard let text = given.string() else { return nil }
            guard Self.isName(text) else {
                given.fault(
                    "\(given.path): `\(text)` is no name of a worker: up to \(Self.longest) letters, digits, `.`, `-` and `_`"
                )
                return nil
            }
            name = text
        } else {
            guard value.boolean() == true else { return nil }
            name = ""
        }
        return name.flatMap { shared($0, value, store) }
    }

    private static func isName(_ text: String) -> Bool {
        (1...longest).contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"):
                    true
                default: false
                }
            }
    }

    /// Only a database server can be shared.
    private func shared(_ name: String, _ value: ValueReader, _ store: String) -> String? {
        guard store.hasPrefix("postgresql://") || store.hasPrefix("postgres://") else {
            value.fault("\(value.path): only a store in PostgreSQL can be shared: `store` has to be postgresql://…")
            return nil
        }
        return name
    }
}
