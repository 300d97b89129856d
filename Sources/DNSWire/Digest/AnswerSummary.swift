/// What a message says, as little as is needed to know whether it says the same as last time.
public struct AnswerSummary: Hashable, Sendable {
    /// The number that ties the answer to its question.
    public var id: UInt16
    /// The bits of the header.
    public var flags: Flags
    /// How it went, with the bits of EDNS.
    public var responseCode: ResponseCode
    /// The records of the answer section.
    public var answer: AnswerDigest
    /// The records of the authority section.
    public var authority: AnswerDigest
    /// How many records the answer section has.
    public var answerCount: Int
    /// The lowest time to live in the answer section, in seconds; nil without a record.
    public var lowestTTL: UInt32?
    /// The lowest time to live in the authority section, in seconds; nil without a record.
    public var lowestAuthorityTTL: UInt32?
    /// The records of the additional section without OPT; the digest of nothing unless it was asked for.
    public var additional: AnswerDigest
    /// The codes of extended errors, in order.
    public var extendedErrors: [UInt16]
    /// Where in the message the data of the first cookie option lies; nil without such an option.
    public var cookie: Range<Int>?

    /// What digests cover beyond owner, type, class and data of the records in answer and authority section.
    public struct Coverage: OptionSet, Hashable, Sendable {
        /// The bits of the set.
        public let rawValue: UInt8
        public init(rawValue: UInt8) { self.rawValue = rawValue }

        /// Each record's time to live: for servers whose times stand still, that is, all but caches.
        public static let timesToLive = Coverage(rawValue: 1)
        /// The additional section, OPT apart.
        public static let additional = Coverage(rawValue: 2)
    }
}
