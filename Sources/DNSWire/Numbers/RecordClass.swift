/// The number of a record class, with its name from the IANA registry.
public struct RecordClass: RawRepresentable, Hashable, Sendable {
    /// The number on the wire.
    public let rawValue: UInt16

    /// The class of this number; every number is one.
    public init(rawValue: UInt16) { self.rawValue = rawValue }

    /// The Internet.
    public static let `in` = RecordClass(rawValue: 1)
    /// Chaosnet; servers tell their version and name in it.
    public static let ch = RecordClass(rawValue: 3)
    /// Hesiod.
    public static let hs = RecordClass(rawValue: 4)
    /// No class: in updates, "this record must go" (RFC 2136).
    public static let none = RecordClass(rawValue: 254)
    /// Every class, in questions.
    public static let any = RecordClass(rawValue: 255)
}

extension RecordClass {
    /// Whether the class is for questions and updates only.
    public var isMeta: Bool { self == .any || self == .none }
}

extension RecordClass: RegistryNumber {
    static let genericPrefix = "CLASS"
    static let names: [UInt16: String] = [0: "RESERVED0", 1: "IN", 3: "CH", 4: "HS", 254: "NONE", 255: "ANY"]
    static let numbers = invert(names)
}

extension RecordClass: CustomStringConvertible, Codable {
    /// The record class of this name, in any case; nil for text that names none.
    public init?(_ text: String) {
        guard let number = Self.number(text) else { return nil }
        self.init(rawValue: number)
    }

    /// The name, or the generic one for a number that has none.
    public var description: String { name }

    /// Reads the name; throws `DecodingError` for an unknown one.
    public init(from decoder: any Decoder) throws {
        self = try RegistryCoding.decode(Self.init(_:), from: decoder, what: "record class")
    }

    /// Writes the name.
    public func encode(to encoder: any Encoder) throws { try RegistryCoding.encode(name, to: encoder) }
}
