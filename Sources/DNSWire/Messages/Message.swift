/// A DNS message (RFC 1035 section 4), with its EDNS record apart from the others (RFC 6891).
public struct Message: Hashable, Sendable {
    /// The number that ties an answer to its question.
    public var id: UInt16
    /// The bits of the header.
    public var flags: Flags
    /// What kind of request this is.
    public var opCode: OpCode
    /// How it went, with the upper bits that EDNS carries.
    public var responseCode: ResponseCode
    /// What is asked.
    public var questions: [Question]
    /// The records that answer.
    public var answers: [Record]
    /// The records that name authorities or deny.
    public var authorities: [Record]
    /// The records that may help, without OPT.
    public var additionals: [Record]
    /// What the OPT record says; nil without one.
    public var edns: EDNS?

    /// A message.
    public init(
        id: UInt16 = 0, flags: Flags = [], opCode: OpCode = .query, responseCode: ResponseCode = .noError,
        questions: [Question] = [], answers: [Record] = [], authorities: [Record] = [], additionals: [Record] = [],
        edns: EDNS? = nil
    ) {
        self.id = id
        self.flags = flags
        self.opCode = opCode
        self.responseCode = responseCode
        self.questions = questions
        self.answers = answers
        self.authorities = authorities
        self.additionals = additionals
        self.edns = edns
    }

    /// A question about a name and type.
    public static func query(
        _ name: Name, _ type: RecordType, recordClass: RecordClass = .in, id: UInt16, recursionDesired: Bool = true,
        edns: EDNS? = nil
    ) -> Message {
        Message(
            id: id, flags: recursionDesired ? .recursionDesired : [],
            questions: [Question(name: name, type: type, recordClass: recordClass)], edns: edns)
    }
}
