public import DNSWire

/// The knowledge from earlier questions, passed from one question to the next.
///
/// A value, whose owner decides how long to keep it. Entries expire by the time of each question: none is used after
/// its TTL or its signature has expired. If that time goes back, all is dropped.
public struct ResolutionCache: Sendable {
    /// The relation between a zone and a name one step below it.
    enum Link: Hashable, Sendable {
        /// There is no zone cut at the name.
        case absent
        /// There is a zone cut, with this state of the child's keys.
        case cut(KeyState)
    }

    struct Entry<Value: Sendable>: Sendable {
        var value: Value
        var expires: Int64
    }

    var delegations: [Name: Delegation] = [:]
    var links: [Name: Entry<Link>] = [:]
    var anchors: [Name: Entry<KeyState>] = [:]
    var addresses: [Name: Entry<[IPAddress]>] = [:]
    /// The number of recent failures of each address.
    var troubles: [IPAddress: Int] = [:]
    var verdicts = SignatureVerdicts()
    /// The RRsets on which each zone's state is based, for explanations.
    public internal(set) var evidence: [Name: ZoneEvidence] = [:]
    /// The joint budget of all questions that use this cache; nil if each has its own.
    public var effort: Effort?

    /// Makes an empty cache.
    public init() {}

    /// Moves the content out, so that the new owner need not copy it.
    public mutating func takeAll() -> ResolutionCache {
        var taken = ResolutionCache()
        swap(&taken, &self)
        return taken
    }

    /// The largest number of entries of one kind; beyond it all of that kind are dropped.
    static let keptEntries = 4096
    /// The largest number of bytes of records, without cached verdicts on signatures; beyond it all records are
    /// dropped.
    ///
    /// A delegation with its DS takes about a kilobyte; a hostile one may take sixty.
    static let keptBytes = 8 << 20

    /// When expired entries were last removed; doing so for every question would cost more than most questions.
    private var pruned = Int64.min
    /// The trust anchors on which all entries are based.
    private var trusted = TrustAnchors.none
    /// The approximate number of bytes of records that were added since the cache was empty.
    private(set) var bytes = 0

    /// Adds to the number of bytes.
    mutating func grow(by count: Int) { bytes += count }

    /// Prepares for a question at this moment: removes expired entries, at most once a second, and all entries if there
    /// are too many, or if they are based on other trust anchors.
    mutating func prepare(at now: Int64, trusting anchors: TrustAnchors) {
        if now < pruned { forgetRecords() }
        if anchors != trusted {
            trusted = anchors
            links = [:]
            self.anchors = [:]
            evidence = [:]
        }
        guard now != pruned || bytes > Self.keptBytes else { return }
        pruned = now
        delegations = delegations.filter { $0.value.expires > now }
        links = links.filter { $0.value.expires > now }
        self.anchors = self.anchors.filter { $0.value.expires > now }
        addresses = addresses.filter { $0.value.expires > now }
        evidence = evidence.filter { links[$0.key] != nil || self.anchors[$0.key] != nil }
        if delegations.count > Self.keptEntries { delegations = [:] }
        if links.count > Self.keptEntries { links = [:] }
        if addresses.count > Self.keptEntries { addresses = [:] }
        if troubles.count > Self.keptEntries { troubles = [:] }
        if evidence.count > Self.keptEntries { evidence = [:] }
        guard bytes > Self.keptBytes else { return }
        // Expired entries are not counted any more. If little was removed, the records are dropped, since another count
        // soon would not pay off.
        bytes = size
        if bytes > Self.keptBytes / 2 { forgetRecords() }
    }

    private var size: Int {
        let zones = evidence.values.reduce(0) { $0 + ($1.delegation?.size ?? 0) + 2 * ($1.keys?.size ?? 0) }
        return zones + delegations.values.reduce(0) { $0 + $1.size }
    }

    private mutating func forgetRecords() {
        delegations = [:]
        links = [:]
        anchors = [:]
        addresses = [:]
        evidence = [:]
        bytes = 0
    }
}

/// The RRsets on which a zone's state is based.
public struct ZoneEvidence: Hashable, Sendable {
    /// The references to the zone's keys in the parent zone or the trust anchor; nil if there are none.
    public var pointers: KeyPointers?
    /// The DS RRset with its signatures; nil for a trust anchor or an unsigned delegation.
    public var delegation: SignedSet?
    /// The DNSKEY RRset with its signatures; nil if it was not fetched.
    public var keys: SignedSet?
    /// The parent zone that signed the DS or its denial; nil for a trust anchor.
    public var parent: Name?
    /// The validated state; nil before the zone was validated.
    public var state: KeyState?

    init() {}
}

extension SignedSet {
    /// The approximate memory use in bytes.
    var size: Int {
        let data = records.data.reduce(0) { $0 + $1.bytes.count + 32 }
        return 128 + data + signatures.reduce(0) { $0 + $1.fields.signature.count + 96 }
    }
}
