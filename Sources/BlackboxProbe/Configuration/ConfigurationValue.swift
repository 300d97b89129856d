/// A value of the file after its shape was checked: the tree that the modules are read from and `/config` prints.
package indirect enum ConfigurationValue: Hashable, Sendable {
    case text(String)
    case secret(String)
    case flag(Bool)
    case integer(Int)
    case duration(GoDuration)
    case list([ConfigurationValue])
    /// Keys in the order in which they are printed; absent keys without a default are left out.
    case section([Entry])

    /// A key with its value.
    package struct Entry: Hashable, Sendable {
        /// As the file has it.
        package var key: String
        /// What it is, or its default.
        package var value: ConfigurationValue
        /// Whether the key stood in the file, rather than coming from a default.
        package var isGiven: Bool
    }
}

extension ConfigurationValue {
    /// The value of a key of a section; nil for a key that is absent and for anything but a section.
    package subscript(_ key: String) -> ConfigurationValue? {
        guard case .section(let entries) = self else { return nil }
        return entries.first { $0.key == key }?.value
    }

    /// Whether the file itself has the key.
    package func gives(_ key: String) -> Bool {
        guard case .section(let entries) = self else { return false }
        return entries.contains { $0.key == key && $0.isGiven }
    }

    /// The text of a text or secret; nil for anything else.
    package var text: String? {
        switch self {
        case .text(let text), .secret(let text): text
        default: nil
        }
    }

    /// Nil for anything but a flag.
    package var flag: Bool? { if case .flag(let flag) = self { flag } else { nil } }
    /// Nil for anything but an integer.
    package var integer: Int? { if case .integer(let number) = self { number } else { nil } }
    /// Nil for anything but a duration.
    package var duration: GoDuration? { if case .duration(let duration) = self { duration } else { nil } }
    /// The texts of a list, other elements left out; nil for anything but a list.
    package var texts: [String]? { if case .list(let list) = self { list.compactMap(\.text) } else { nil } }

    /// Whether Go's `omitempty` would leave the value out of a dump.
    var isEmpty: Bool {
        switch self {
        case .text(let text), .secret(let text): text.isEmpty
        case .flag(let flag): !flag
        case .integer(let number): number == 0
        case .duration(let duration): duration == .zero
        case .list(let list): list.isEmpty
        case .section(let entries): entries.allSatisfy(\.value.isEmpty)
        }
    }
}
