import LapwingCore

/// Who a request is from, as far as that is known, and what he may do.
struct Visitor: Sendable {
    /// How it is known.
    enum Proof: Sendable, Hashable {
        /// Nobody is asked.
        case nothing
        /// A password or a token of the configuration, or the signature of the address.
        case configured
        /// The SHA-256 of a token that the store knows.
        case token([UInt8])
        /// The SHA-256 of the number of a session.
        case session([UInt8])
    }

    /// Nil where all that is known is that he may come in.
    var name: String?
    var rights: Rights
    var proof: Proof

    var isOfSession: Bool { if case .session = proof { true } else { false } }

    /// Somebody who is not asked.
    static let anybody = Visitor(name: nil, rights: .all, proof: .nothing)
}
