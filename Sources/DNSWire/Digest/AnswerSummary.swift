/// The content of a message, reduced to what is needed to detect a change.
public struct AnswerSummary: Hashable, Sendable {
    /// The number that ties the answer to its question.
    public var id: UInt16
    /// The bits of the header.
    public var flags: Flags
    /// The response code, with the upper bits from EDNS.
    public var responseCode: ResponseCode
    /// The records of the answer section.
    public var answer: AnswerDigest
    /// The records of the authority section.
    public var authority: AnswerDigest
    /// The number of records in the answer section.
    public var answerCount: Int
    /// The lowest time to live in the answer section, in seconds; nil without a record.
    public var lowestTTL: UInt32?
    /// The lowest time to live in the authority section, in seconds; nil without a record.
    public var lowestAuthorityTTL: UInt32?
    /// The records of the additional section without OPT; the empty digest if ``Coverage/additional`` was not set.
    public var additional: AnswerDigest
    /// The codes of extended errors, in order.
    public var extendedErrors: [UInt16]
    /// The range of the first cookie option's data in the message; nil without such an option.
    public var cookie: Range<Int>?

    /// The data that digests cover beyond owner, type, class and data of the records in answer and authority section.
    public struct Coverage: OptionSet, Hashable, Sendable {
        /// The bits of the set.
        public let rawValue: UInt8
        public init(rawValue: UInt8) { self.rawValue = rawValue }

        /// Each record's TTL: for servers whose TTLs do not count down, that is, all but caches.
        public static let timesToLive = Coverage(rawValue: 1)
        /// The additional section without OPT.
        public static let additional = Coverage(rawValue: 2)
    }
}
