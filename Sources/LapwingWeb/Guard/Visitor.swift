import LapwingCore

/// The sender of a request, as far as known, with their rights.
struct Visitor: Sendable {
    /// How the visitor was authenticated.
    enum Proof: Sendable, Hashable {
        /// Authentication is not required.
        case nothing
        /// By a password or a token of the configuration, or by the signature of an address.
        case configured
        /// The SHA-256 of a token in the store.
        case token([UInt8])
        /// The SHA-256 of a session number.
        case session([UInt8])
        /// By the headers of a trusted proxy.
        case forwarded
    }

    /// Nil if it is known only that the visitor is admitted.
    var name: String?
    var rights: Rights
    var proof: Proof
    /// The party that vouches for the name, unless it is Lapwing itself; for the journal: `by login.example.org`.
    var voucher: String?

    /// The key for personal data in the store. It includes the voucher, since equal names from different vouchers are
    /// different people. Nil if the visitor is not identified.
    var owner: String? {
        guard let name, !name.isEmpty else { return nil }
        // The addresses of proxies change, and all of them vouch for the same people.
        if case .forwarded = proof { return "\(name), by the proxy" }
        return voucher.map { "\(name), \($0)" } ?? name
    }

    var isOfSession: Bool { if case .session = proof { true } else { false } }

    /// A visitor without authentication.
    static let anybody = Visitor(name: nil, rights: .all, proof: .nothing)
}
