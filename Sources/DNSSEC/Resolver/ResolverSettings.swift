import DNSWire

/// The settings of a resolver.
public struct ResolverSettings: Hashable, Sendable {
    /// The root hints.
    public var roots: RootHints
    /// The trust anchors.
    public var anchors: TrustAnchors
    /// Whether to use QNAME minimisation (RFC 9156).
    public var minimisesNames: Bool
    /// Whether to use the servers' IPv6 addresses.
    public var usesIPv6: Bool
    /// Whether signatures must be valid at the given moment; false if only their expiration is of interest.
    public var judgesTimes = true
    /// Whether the steps are recorded; recording takes longer than most checks.
    public var keepsTrace = true
    /// A delegation that replaces the parent zone's answers; its DS RRset needs no signature; nil for none.
    public var supposed: SupposedDelegation?

    /// Makes settings, by default for the root of the public Internet.
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
