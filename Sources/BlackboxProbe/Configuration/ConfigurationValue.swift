/// A value of the file after checking its shape: the tree from which modules are read and `/config` is printed.
package indirect enum ConfigurationValue: Hashable, Sendable {
    case text(String)
    case secret(String)
    case flag(Bool)
    case integer(Int)
    case duration(GoDuration)
    case list([ConfigurationValue])
    /// Keys in the order of printing; absent keys without a default are omitted.
    case section([Entry])

    /// A key with its value.
    package struct Entry: Hashable, Sendable {
        /// The key as written in the file.
        package var key: String
        /// The value, or its default.
        package var value: ConfigurationValue
        /// Whether the key is in the file, rather than a default.
        package var isGiven: Bool
    }
}

extension ConfigurationValue {
    /// The value of a key of a section; nil for an absent key and for anything but a section.
    package subscript(_ key: String) -> ConfigurationValue? {
        guard case .section(let entries) = self else { return nil }
        return entries.first { $0.key == key }?.value
    }

    /// Whether the file itself contains the key.
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
    /// The texts of a list without other elements; nil for anything but a list.
    package var texts: [String]? { if case .list(let list) = self { list.compactMap(\.text) } else { nil } }

    /// Whether Go's `omitempty` would omit the value.
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
