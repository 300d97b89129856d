/// A number of an IANA registry that has a name in text; where it has none, a generic one such as `TYPE65280`, or just
/// the number.
protocol RegistryNumber: RawRepresentable where RawValue == UInt16 {
    static var genericPrefix: String { get }
    static var names: [UInt16: String] { get }
    static var numbers: [String: UInt16] { get }
    init(rawValue: UInt16)
}

extension RegistryNumber {
    static func invert(_ names: [UInt16: String]) -> [String: UInt16] {
        Dictionary(names.map { ($0.value, $0.key) }, uniquingKeysWith: { first, _ in first })
    }

    var name: String { Self.names[rawValue] ?? Self.genericPrefix + String(rawValue) }

    static func number(_ text: String) -> UInt16? {
        let upper = text.uppercased()
        if let number = numbers[upper] { return number }
        guard upper.hasPrefix(genericPrefix) else { return nil }
        let digits = upper.utf8.dropFirst(genericPrefix.utf8.count)
        guard !digits.isEmpty, digits.allSatisfy(Escape.isDigit) else { return nil }
        return UInt16(String(Substring(digits)))
    }
}

/// Reads and writes a registry number by its name.
enum RegistryCoding {
    static func decode<Number>(
        _ read: (String) -> Number?, from decoder: any Decoder, what: String
    ) throws -> Number {
        let text = try decoder.singleValueContainer().decode(String.self)
        guard let value = read(text) else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "not a \(what): \(text)"))
        }
        return value
    }

    static func encode(_ text: String, to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}
