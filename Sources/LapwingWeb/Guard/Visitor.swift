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
        /// What a trusted proxy says.
        case forwarded
    }

    /// Nil where all that is known is that he may come in.
    var name: String?
    var rights: Rights
    var proof: Proof
    /// Who vouches for the name where it is somebody else, for the journal: `by login.example.org`.
    var voucher: String?

    /// Under what the store keeps what is his own: the same name elsewhere is somebody else. Nil where nobody knows who he is.
    var owner: String? {
        guard let name, !name.isEmpty else { return nil }
        // Proxies change their addresses, and all of them vouch for the same people.
        if case .forwarded = proof { return "\(name), by the proxy" }
        return voucher.map { "\(name), \($0)" } ?? name
    }

    var isOfSession: Bool { if case .session = proof { true } else { false } }

    /// Somebody who is not asked.
    static let anybody = Visitor(name: nil, rights: .all, proof: .nothing)
}
