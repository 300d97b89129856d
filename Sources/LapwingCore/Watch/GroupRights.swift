/// What the groups of somebody else's list of people may do here. Who is in none of them may do nothing.
package struct GroupRights: Sendable, Hashable {
    /// By the names of the groups, as the other side spells them.
    package var groups: [String: Rights]

    package init(_ groups: [String: Rights]) { self.groups = groups }

    /// What a member of these groups may do; nil where none of them is named.
    ///
    /// The highest role counts, with the domains of those of his groups that give it: nobody may do with a domain what none
    /// of his groups may do with it.
    package func rights(of memberships: some Sequence<String>) -> Rights? {
        let given = Set(memberships).compactMap { groups[$0] }
        guard let role = given.map(\.role).max() else { return nil }
        let deciding = given.filter { $0.role == role }
        guard deciding.allSatisfy({ $0.tags != nil }) else { return Rights(role) }
        return Rights(role, tags: Set(deciding.flatMap { $0.tags ?? [] }))
    }
}

/// A provider of OpenID Connect at which people log in.
package struct IdentityProvider: Sendable, Hashable {
    /// Seconds for which a log-in lasts where nothing is said.
    package static let usualSession: Int64 = 12 * 3600

    /// What it calls itself, in the spelling of its own documents: an address of HTTPS, or of HTTP on this machine.
    package var issuer: String
    /// As what Lapwing is registered there.
    package var clientID: String
    /// Nil for a client without a secret.
    package var clientSecret: String?
    /// What its groups may do.
    package var groups: GroupRights
    /// The claim of the ID token that lists somebody's groups.
    package var groupsClaim = "groups"
    /// The claim by which people are called; nil for a verified address of mail, otherwise the subject.
    package var nameClaim: String?
    /// What is asked for, `openid` among it.
    package var scopes = ["openid", "email", "profile"]
    /// What the button on the log-in page calls it; nil for the host of ``issuer``.
    package var label: String?
    /// Seconds after which somebody has to log in again.
    package var session = usualSession
    /// Whether its addresses may be of a private network.
    package var isPrivate = false

    package init(issuer: String, clientID: String, groups: GroupRights) {
        self.issuer = issuer
        self.clientID = clientID
        self.groups = groups
    }

    /// The host of ``issuer``, with its port where it names one.
    package var host: String {
        let rest = issuer.firstRange(of: "://").map { issuer[$0.upperBound...] } ?? issuer[...]
        return String(rest.prefix { $0 != "/" })
    }
}

/// A proxy that knows people, and says in headers who they are.
package struct ForwardedIdentity: Sendable, Hashable {
    /// From where alone the headers are believed.
    package var trusted: [AddressBlock]
    /// The header with somebody's name.
    package var userHeader = "X-Forwarded-User"
    /// The header with his groups, separated by commas.
    package var groupsHeader = "X-Forwarded-Groups"
    /// What these groups may do.
    package var groups: GroupRights

    package init(trusted: [AddressBlock], groups: GroupRights) {
        self.trusted = trusted
        self.groups = groups
    }
}
