import LapwingCore

/// Reads `workers`: whether the daemon shares its store with others, and under which name.
struct WorkersReader {
    /// The longest name in characters.
    private static let longest = 63

    /// Returns the name, empty for that of the machine, and the vantage, empty for none; nil if the store is not shared.
    func worker(_ value: ValueReader, of store: String) -> (name: String, vantage: String)? {
        var (name, vantage) = ("", "")
        if value.isMapping {
            guard let fields = value.fields(.workers) else { return nil }
            if let given = fields["name"] {
                guard let text = Self.text(given, "of a worker") else { return nil }
                name = text
            }
            if let given = fields["vantage"] {
                guard let text = Self.text(given, "of a place") else { return nil }
                vantage = text
            }
        } else {
            guard value.boolean() == true else { return nil }
        }
        // Only a server can be shared.
        guard store.hasPrefix("postgresql://") || store.hasPrefix("postgres://") else {
            let what = vantage.isEmpty ? "" : ", and only what is shared has a vantage"
            value.fault(
                "\(value.path): only a store in PostgreSQL can be shared\(what): `store` has to be postgresql://…")
            return nil
        }
        return (name, vantage)
    }

    private static func text(_ given: ValueReader, _ whose: String) -> String? {
        guard let text = given.string() else { return nil }
        guard isName(text) else {
            given.fault(
                "\(given.path): `\(text)` is no name \(whose): up to \(longest) letters, digits, `.`, `-` and `_`")
            return nil
        }
        return text
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
}
