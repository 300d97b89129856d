public import DNSWire

/// The end of a walk.
public struct Resolution: Hashable, Sendable {
    /// What was asked.
    public var question: Question
    /// The response code; SERVFAIL when there is no answer that can be given on.
    public var responseCode: ResponseCode
    /// What DNSSEC says of the answer, and why.
    public var proof: Proof
    /// The aliases in order, then the data; empty when bogus.
    public var answer: [SignedSet] = []
    /// What the last answer's authority section proved: the SOA and denial records.
    public var authority: [SignedSet] = []
    /// What was answered and did not validate, so that it is no answer; for those who look for the fault.
    public var withheld: [SignedSet] = []
    /// Answers that did not validate, of which one by another server may have.
    public var setbacks: [Setback] = []
    /// How many questions to servers it took.
    public var queries = 0
    /// The steps, for a person.
    public var trace: [String] = []

    init(_ question: Question, _ responseCode: ResponseCode, _ proof: Proof) {
        self.question = question
        self.responseCode = responseCode
        self.proof = proof
    }
}

/// One server's answer that did not validate.
public struct Setback: Hashable, Sendable {
    /// The server.
    public let server: IPAddress
    /// The name and type that it was asked for.
    public let name: Name
    /// The type.
    public let type: RecordType
    /// What is wrong with its answer.
    public let reason: Reason
}

/// How to walk.
public struct ResolverSettings: Hashable, Sendable {
    /// Where the root zone is served.
    public var roots: RootHints
    /// From which keys trust is derived.
    public var anchors: TrustAnchors
    /// Whether to show each server no more of the name than it needs (RFC 9156).
    public var minimisesNames: Bool
    /// Whether to use the servers' IPv6 addresses.
    public var usesIPv6: Bool
    /// Whether a signature must hold at the moment given; not when only its end is of interest.
    public var judgesTimes = true
    /// Whether the steps are told; telling them takes longer than most checks.
    public var keepsTrace = true
    /// A delegation that is taken for what the zone above says; its DS set needs no signature.
    public var supposed: SupposedDelegation?

    /// Settings; by default the Internet's root and its keys.
    public init(
        roots: RootHints = .builtIn, anchors: TrustAnchors = .builtIn, minimisesNames: Bool = true,
        usesIPv6: Bool = true
    ) {
        self.roots = roots
        self.anchors = anchors
        self.minimisesNames = minimisesNames
        self.usesIPv6 = usesIPv6
    }
}
