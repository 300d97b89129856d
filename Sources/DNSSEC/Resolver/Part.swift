internal import DNSWire

/// The answer for one name in the chain of aliases: data, a denial, or an alias.
struct Part: Sendable {
    var responseCode: ResponseCode = .noError
    var proof: Proof
    var answer: [SignedSet] = []
    var authority: [SignedSet] = []
    /// The bogus answers.
    var withheld: [SignedSet] = []
    var target: Name?
    /// Whether the fault is in the message, so that another server may have a valid one.
    var mayDifferElsewhere = false
}
