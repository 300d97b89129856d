/// The limits of the work for a question, however hostile the zones are.
///
/// Reaching a limit is a verdict with a reason.
public enum Limits {
    /// Signature checks per RRset; like Unbound's MAX_VALIDATE_RRSIGS, against KeyTrap (CVE-2023-50387).
    public static let signatureChecksPerSet = 8
    /// Keys with the same tag and algorithm that are tried for one signature; collisions are rare in nature (KeyTrap).
    public static let collidingKeys = 4
    /// Signature checks per question, over all zones on the path.
    ///
    /// Eleven aliases into separate zones need ninety.
    public static let signatureChecksPerQuestion = 192
    /// The work for a question in units of about a tenth of a millisecond (``Effort``), in addition to the counts
    /// above.
    ///
    /// Ninety P-384 signatures, with eight units each, and some allowance for large RRsets.
    public static let effortPerQuestion = 1200
    /// The work for a round of a domain in the same units, for all its servers: about a quarter of a second.
    ///
    /// Sixteen servers that sign twelve RRsets at every query take 200 with P-256 and 1,600 with P-384.
    public static let effortPerRound = 2400
    /// The additional work for each RRset of a domain with many watched RRsets: sixteen servers, each with a different
    /// signature.
    public static let effortPerWatchedSet = 16
    /// DS records per zone whose tag matches a key but whose digest does not; like Unbound's MAX_DS_MATCH_FAILURES.
    public static let digestMismatches = 4
    /// Signatures kept per RRset; PowerDNS Recursor keeps fewer.
    public static let keptSignatures = 32
    /// Keys kept per zone.
    ///
    /// The root has three to four; rollovers with two algorithms have six.
    public static let keptKeys = 64
    /// NSEC3 iterations above which a zone counts as unsigned (RFC 9276 section 3.2; Unbound and BIND since 2021).
    public static let hashIterations: UInt16 = 150
    /// NSEC3 hashes per question; like PowerDNS Recursor's 600, against CVE-2023-50868.
    public static let hashesPerQuestion = 600
    /// Denial records used per message; a proof needs three of them.
    public static let denialRecords = 16

    /// Queries to servers per question.
    ///
    /// Ordinary names take fewer than thirty without a cache.
    public static let queriesPerQuestion = 160
    /// Aliases followed per question; like Unbound's MAX_RESTART_COUNT.
    public static let aliases = 11
    /// Referrals followed downwards for one name; a name has at most 127 labels, real names need fewer than ten zones.
    public static let referrals = 32
    /// Name servers kept per delegation; like Unbound's iter-scrub-ns.
    public static let serversPerZone = 20
    /// Addresses kept per name server.
    public static let addressesPerServer = 8
    /// Servers tried for one question to one zone.
    public static let serversTried = 16
    /// Name servers without glue that are looked up per visit to a zone, against NXNSAttack (CVE-2020-12662).
    public static let serverLookupsPerZone = 5
    /// Such look-ups per question; like Unbound's MAX_TARGET_COUNT.
    public static let serverLookupsPerQuestion = 64
    /// The nesting depth of look-ups of name servers that need other look-ups.
    public static let serverLookupDepth = 4
    /// Aliases followed for the address of a name server, which should have none (RFC 2181 section 10.3).
    public static let serverAliases = 3
    /// Other servers tried after a bogus answer; like Unbound's VAL_MAX_RESTART_COUNT.
    public static let attemptsToValidate = 5
    /// Bogus answers of a question whose reasons are kept.
    public static let keptSetbacks = 32
    /// Steps of QNAME minimisation (RFC 9156 section 2.3, MAX_MINIMISE_COUNT).
    public static let minimisedQueries = 10
    /// Steps that add only one label (RFC 9156 section 2.3, MINIMISE_ONE_LAB).
    public static let minimisedOneLabel = 4
}
