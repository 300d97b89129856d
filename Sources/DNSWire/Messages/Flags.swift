/// The bits of a message's header.
public struct Flags: OptionSet, Hashable, Sendable {
    /// The bits at their places in the header's second word.
    public let rawValue: UInt16

    /// The flags of these bits.
    public init(rawValue: UInt16) { self.rawValue = rawValue }

    /// QR: the message is an answer.
    public static let isResponse = Flags(rawValue: 0x8000)
    /// AA: the server is authoritative for the name.
    public static let authoritative = Flags(rawValue: 0x0400)
    /// TC: not everything fitted.
    public static let truncated = Flags(rawValue: 0x0200)
    /// RD: please ask others as well.
    public static let recursionDesired = Flags(rawValue: 0x0100)
    /// RA: the server does ask others.
    public static let recursionAvailable = Flags(rawValue: 0x0080)
    /// The bit without a meaning.
    public static let reserved = Flags(rawValue: 0x0040)
    /// AD: all data is authentic, says the server (RFC 4035).
    public static let authenticData = Flags(rawValue: 0x0020)
    /// CD: do not check signatures (RFC 4035).
    public static let checkingDisabled = Flags(rawValue: 0x0010)

    /// All bits that are flags; the others are the kind of request and the response code.
    static let mask: UInt16 = 0x87F0

    /// The names of the flags that are set, as `dig` prints them: `qr aa tc rd ra ad cd`.
    public var names: [String] {
        let all: [(Flags, String)] = [
            (.isResponse, "qr"), (.authoritative, "aa"), (.truncated, "tc"), (.recursionDesired, "rd"),
            (.recursionAvailable, "ra"), (.authenticData, "ad"), (.checkingDisabled, "cd"),
        ]
        return all.filter { contains($0.0) }.map(\.1)
    }
}
