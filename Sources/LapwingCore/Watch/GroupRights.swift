/// The rights of groups from an external list of people. A person in none of the groups has no rights.
package struct GroupRights: Sendable, Hashable {
    /// The rights by group, as the external list spells the names.
    package var groups: [String: Rights]

    package init(_ groups: [String: Rights]) { self.groups = groups }

    /// Returns the rights of a member of these groups; nil if none of the groups is listed.
    ///
    /// The highest role counts, with the domains of those groups that give it: no person may do with a domain what none
    /// of their groups may do with it.
    package func rights(of memberships: some Sequence<String>) -> Rights? {
        let given = Set(memberships).compactMap { groups[$0] }
        guard let role = given.map(\.role).max() else { return nil }
        let deciding = given.filter { $0.role == role }
        guard deciding.allSatisfy({ $0.tags != nil }) else { return Rights(role) }
        return Rights(role, tags: Set(deciding.flatMap { $0.tags ?? [] }))
    }
}

/// An OpenID Connect provider at which people log in.
package struct IdentityProvider: Sendable, Hashable {
    /// The default duration of a log-in, in seconds.
    package static let usualSession: Int64 = 12 * 3600

    /// The issuer identifier, as the provider spells it: an HTTPS address, or an HTTP address on this machine.
    package var issuer: String
    /// The client identifier under which Lapwing is registered there.
    package var clientID: String
    /// The client secret; nil for a client without one.
    package var clientSecret: String?
    /// The rights of its groups.
    package var groups: GroupRights
    /// The claim of the ID token that lists a person's groups.
    package var groupsClaim = "groups"
    /// The claim with the person's name; nil for a verified mail address, or else the subject.
    package var nameClaim: String?
    /// The requested scopes, including `openid`.
    package var scopes = ["openid", "email", "profile"]
    /// The name on the button of the log-in page; nil for the host of ``issuer``.
    package var label: String?
    /// Seconds after which a person has to log in again.
    package var session = usualSession
    /// Whether its addresses may be in a private network.
    package var isPrivate = false

    package init(issuer: String, clientID: String, groups: GroupRights) {
        self.issuer = issuer
        self.clientID = clientID
        self.groups = groups
    }

    /// The host of ``issuer``, with its port if it has one.
    package var host: String {
        let rest = issuer.firstRange(of: "://").map { issuer[$0.upperBound...] } ?? issuer[...]
        return String(rest.prefix { $0 != "/" })
    }
}

/// A proxy that authenticates people and names them in headers.
package struct ForwardedIdentity: Sendable, Hashable {
    /// The only addresses from which the headers are accepted.
    package var trusted: [AddressBlock]
    /// The header with the person's name.
    package var userHeader = "X-Forwarded-User"
    /// The header with their groups, separated by commas.
    package var groupsHeader = "X-Forwarded-Groups"
    /// The rights of these groups.
    package var groups: GroupRights

    package init(trusted: [AddressBlock], groups: GroupRights) {
        self.trusted = trusted
        self.groups = groups
    }
}
