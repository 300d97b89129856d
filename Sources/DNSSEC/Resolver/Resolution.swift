public import DNSWire

/// The result of a resolution.
public struct Resolution: Hashable, Sendable {
    /// The question.
    public var question: Question
    /// The response code; SERVFAIL if there is no answer that may be passed on.
    public var responseCode: ResponseCode
    /// The DNSSEC verdict on the answer, with its reason.
    public var proof: Proof
    /// The aliases in order, then the data; empty when bogus.
    public var answer: [SignedSet] = []
    /// The validated authority section of the last answer: the SOA and denial records.
    public var authority: [SignedSet] = []
    /// Bogus answers, which are not part of the answer; for diagnosis.
    public var withheld: [SignedSet] = []
    /// Bogus answers of single servers, for which another server may have had a valid one.
    public var setbacks: [Setback] = []
    /// The number of queries to servers.
    public var queries = 0
    /// The steps, as text for users.
    public var trace: [String] = []

    init(_ question: Question, _ responseCode: ResponseCode, _ proof: Proof) {
        self.question = question
        self.responseCode = responseCode
        self.proof = proof
    }
}

/// One server's bogus answer.
public struct Setback: Hashable, Sendable {
    /// The server.
    public let server: IPAddress
    /// The name in the query.
    public let name: Name
    /// The type in the query.
    public let type: RecordType
    /// The fault of its answer.
    public let reason: Reason
}
