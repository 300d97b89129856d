/// What kind of request a message is.
public struct OpCode: RawRepresentable, Hashable, Sendable {
    /// The number, 0 to 15.
    public let rawValue: UInt16

    /// The kind of this number; every number is one.
    public init(rawValue: UInt16) { self.rawValue = rawValue }

    /// A question.
    public static let query = OpCode(rawValue: 0)
    /// A question about the server's state; obsolete.
    public static let status = OpCode(rawValue: 2)
    /// A zone has changed (RFC 1996).
    public static let notify = OpCode(rawValue: 4)
    /// Change a zone (RFC 2136).
    public static let update = OpCode(rawValue: 5)
}

extension OpCode: RegistryNumber {
    static let genericPrefix = ""
    static let names: [UInt16: String] = [
        0: "QUERY", 1: "IQUERY", 2: "STATUS", 4: "NOTIFY", 5: "UPDATE",
    ]
    static let numbers = invert(names)
}

extension OpCode: CustomStringConvertible, Codable {
    /// The kind of request of this name, in any case; nil for text that names none.
    public init?(_ text: String) {
        guard let number = Self.number(text) else { return nil }
        self.init(rawValue: number)
    }

    /// The name, or the generic one for a number that has none.
    public var description: String { name }

    /// Reads the name; throws `DecodingError` for an unknown one.
    public init(from decoder: any Decoder) throws {
        self = try RegistryCoding.decode(Self.init(_:), from: decoder, what: "kind of request")
    }

    /// Writes the name.
    public func encode(to encoder: any Encoder) throws { try RegistryCoding.encode(name, to: encoder) }
}
