/// How much work a question may cause, however hostile the zones are.
///
/// Hitting a limit is a verdict with a reason.
public enum Limits {
    /// Signature checks per record set; as Unbound's MAX_VALIDATE_RRSIGS, against KeyTrap (CVE-2023-50387).
    public static let signatureChecksPerSet = 8
    /// Keys tried for one signature whose tag and algorithm are the same; collisions are rare in nature (KeyTrap).
    public static let collidingKeys = 4
    /// Signature checks per question, over all zones on the way.
    ///
    /// Eleven aliases into zones of their own need ninety.
    public static let signatureChecksPerQuestion = 192
    /// What a question may cost in units of about a tenth of a millisecond (``Effort``), besides the counts above.
    ///
    /// Ninety signatures of P-384, eight units each, and room for sets of an unusual size.
    public static let effortPerQuestion = 1200
    /// What a round of a domain may cost in the same units, with all its servers: about a quarter of a second.
    ///
    /// Sixteen servers that sign twelve sets each at every question take 200 with P-256 and 1,600 with P-384.
    public static let effortPerRound = 2400
    /// Who has many sets watched gets as much for each of them: sixteen servers, one signature that nobody else serves.
    public static let effortPerWatchedSet = 16
    /// DS records whose tag fits a key but whose digest does not, per zone; as Unbound's MAX_DS_MATCH_FAILURES.
    public static let digestMismatches = 4
    /// Signatures kept per record set; PowerDNS Recursor keeps fewer.
    public static let keptSignatures = 32
    /// Keys kept per zone.
    ///
    /// The root has three to four; rollovers with two algorithms have six.
    public static let keptKeys = 64
    /// NSEC3 iterations above which a zone counts as unsigned (RFC 9276 section 3.2; Unbound and BIND since 2021).
    public static let hashIterations: UInt16 = 150
    /// NSEC3 hashes per question; as PowerDNS Recursor's 600, against CVE-2023-50868.
    public static let hashesPerQuestion = 600
    /// Denial records looked at per message; a proof needs three of them.
    public static let denialRecords = 16

    /// Queries to servers per question.
    ///
    /// Ordinary names take under thirty with a cold start.
    public static let queriesPerQuestion = 160
    /// Aliases followed per question; as Unbound's MAX_RESTART_COUNT.
    public static let aliases = 11
    /// Referrals followed downwards for one name; a name has at most 127 labels, real ones end within ten zones.
    public static let referrals = 32
    /// Name servers kept per delegation; as Unbound's iter-scrub-ns.
    public static let serversPerZone = 20
    /// Addresses kept per name server.
    public static let addressesPerServer = 8
    /// Servers tried for one question to one zone.
    public static let serversTried = 16
    /// Name servers without glue that are looked up per visit to a zone, against NXNSAttack (CVE-2020-12662).
    public static let serverLookupsPerZone = 5
    /// Such look-ups per question; as Unbound's MAX_TARGET_COUNT.
    public static let serverLookupsPerQuestion = 64
    /// How deep looking up a name server may itself need the look-up of another.
    public static let serverLookupDepth = 4
    /// Aliases followed for the address of a name server, which should have none (RFC 2181 section 10.3).
    public static let serverAliases = 3
    /// Other servers tried after an answer that does not validate; as Unbound's VAL_MAX_RESTART_COUNT.
    public static let attemptsToValidate = 5
    /// Answers that did not validate of which a question keeps the reason.
    public static let keptSetbacks = 32
    /// Steps of QNAME minimisation (RFC 9156 section 2.3, MAX_MINIMISE_COUNT).
    public static let minimisedQueries = 10
    /// Steps that add but one label (RFC 9156 section 2.3, MINIMISE_ONE_LAB).
    public static let minimisedOneLabel = 4
}
