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
