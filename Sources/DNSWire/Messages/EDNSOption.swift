/// One option of EDNS, as its bytes.
public struct EDNSOption: Hashable, Sendable {
    /// The number of the option.
    public var code: UInt16
    /// The bytes of the option.
    public var data: [UInt8]

    /// An option.
    public init(code: UInt16, data: [UInt8]) {
        self.code = code
        self.data = data
    }

    /// Asks the server for its name (RFC 5001).
    public static let nsidRequest = EDNSOption(code: Code.nsid, data: [])

    /// Asks how long the connection may idle (RFC 7828).
    public static let keepaliveRequest = EDNSOption(code: Code.keepalive, data: [])

    /// Zero bytes that hide how long a message is (RFC 7830).
    public static func padding(_ count: UInt16) -> EDNSOption {
        EDNSOption(code: Code.padding, data: [UInt8](repeating: 0, count: Int(count)))
    }

    /// The numbers of the options that have a typed form here.
    public enum Code {
        /// The server's name for itself (RFC 5001).
        public static let nsid: UInt16 = 3
        /// The network of the client behind a resolver (RFC 7871).
        public static let clientSubnet: UInt16 = 8
        /// Proof that a client has seen the server's answers (RFC 7873).
        public static let cookie: UInt16 = 10
        /// How long a connection may idle (RFC 7828).
        public static let keepalive: UInt16 = 11
        /// Bytes that hide the length of a message (RFC 7830).
        public static let padding: UInt16 = 12
        /// Why an answer is as it is (RFC 8914).
        public static let extendedError: UInt16 = 15
        /// Where errors may be reported to (RFC 9567).
        public static let reportChannel: UInt16 = 18
        /// The language of an extended error's text.
        public static let extendedErrorLanguage: UInt16 = 22
        /// Whom to ask about a filtered answer.
        public static let filteringContact: UInt16 = 23
        /// Who filtered an answer.
        public static let filteringOrganization: UInt16 = 24
        /// Which list filtered an answer.
        public static let filteringDatabase: UInt16 = 25
    }
}
