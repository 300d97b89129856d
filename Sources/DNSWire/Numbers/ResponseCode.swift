/// How a server says a question went, with the eight upper bits that EDNS adds (RFC 6891 section 6.1.3).
public struct ResponseCode: RawRepresentable, Hashable, Sendable {
    /// The number, 0 to 4095.
    public let rawValue: UInt16

    /// The code of this number; every number is one.
    public init(rawValue: UInt16) { self.rawValue = rawValue }

    /// No error.
    public static let noError = ResponseCode(rawValue: 0)
    /// The server could not read the question.
    public static let formErr = ResponseCode(rawValue: 1)
    /// The server could not answer.
    public static let servFail = ResponseCode(rawValue: 2)
    /// The name does not exist.
    public static let nxDomain = ResponseCode(rawValue: 3)
    /// The server does not know this kind of message.
    public static let notImp = ResponseCode(rawValue: 4)
    /// The server does not want to answer.
    public static let refused = ResponseCode(rawValue: 5)
    /// In updates: a name exists that should not.
    public static let yxDomain = ResponseCode(rawValue: 6)
    /// In updates: records exist that should not.
    public static let yxRRset = ResponseCode(rawValue: 7)
    /// In updates: records do not exist that should.
    public static let nxRRset = ResponseCode(rawValue: 8)
    /// The server is not authoritative for the zone, or the request was not authorised.
    public static let notAuth = ResponseCode(rawValue: 9)
    /// The name is not in the zone.
    public static let notZone = ResponseCode(rawValue: 10)
    /// The server does not know this version of EDNS.
    public static let badVers = ResponseCode(rawValue: 16)
    /// The signature of a TSIG record is wrong; the number is that of BADVERS.
    public static let badSig = ResponseCode(rawValue: 16)
    /// TSIG: the key is unknown.
    public static let badKey = ResponseCode(rawValue: 17)
    /// TSIG: the time is out of the permitted window.
    public static let badTime = ResponseCode(rawValue: 18)
    /// TSIG: the signature is cut shorter than permitted.
    public static let badTrunc = ResponseCode(rawValue: 22)
    /// The server cookie is missing or wrong (RFC 7873).
    public static let badCookie = ResponseCode(rawValue: 23)
}

extension ResponseCode: RegistryNumber {
    static let genericPrefix = ""
    static let names: [UInt16: String] = [
        0: "NOERROR", 1: "FORMERR", 2: "SERVFAIL", 3: "NXDOMAIN", 4: "NOTIMP", 5: "REFUSED", 6: "YXDOMAIN",
        7: "YXRRSET", 8: "NXRRSET", 9: "NOTAUTH", 10: "NOTZONE", 11: "DSOTYPENI", 16: "BADVERS", 17: "BADKEY",
        18: "BADTIME", 19: "BADMODE", 20: "BADNAME", 21: "BADALG", 22: "BADTRUNC", 23: "BADCOOKIE",
    ]
    static let numbers = invert(names)
}

extension ResponseCode: CustomStringConvertible, Codable {
    /// The response code of this name, in any case; nil for text that names none.
    public init?(_ text: String) {
        guard let number = Self.number(text) else { return nil }
        self.init(rawValue: number)
    }

    /// The name, or the generic one for a number that has none.
    public var description: String { name }

    /// Reads the name; throws `DecodingError` for an unknown one.
    public init(from decoder: any Decoder) throws {
        self = try RegistryCoding.decode(Self.init(_:), from: decoder, what: "response code")
    }

    /// Writes the name.
    public func encode(to encoder: any Encoder) throws { try RegistryCoding.encode(name, to: encoder) }
}

extension ResponseCode {
    /// The error of TSIG and TKEY, where 16 means BADSIG.
    static func signatureText(_ number: UInt16) -> String {
        number == badSig.rawValue ? "BADSIG" : names[number] ?? String(number)
    }

    init?(signatureText text: String) {
        if text.uppercased() == "BADSIG" { self = .badSig } else { self.init(text) }
    }
}
