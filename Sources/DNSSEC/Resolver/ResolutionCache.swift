public import DNSWire

/// What earlier questions taught, handed from one question to the next.
///
/// A value: whoever keeps it decides how long. Entries lapse by the clock that each question brings along: none is used
/// after the time to live, or the signature, that it rests on has ended. When that clock is set back, all is forgotten.
public struct ResolutionCache: Sendable {
    /// What lies between a zone and a name one step below it.
    enum Link: Hashable, Sendable {
        /// There is no zone cut at the name.
        case absent
        /// There is one, and this is the state of its keys.
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
    /// How often an address gave no usable answer recently.
    var troubles: [IPAddress: Int] = [:]
    var verdicts = SignatureVerdicts()
    /// The sets that each zone's state was judged by, for those who explain it.
    public internal(set) var evidence: [Name: ZoneEvidence] = [:]
    /// What all questions that this is handed to may cost together; nothing when each has a budget of its own.
    public var effort: Effort?

    /// Nothing learnt yet.
    public init() {}

    /// What was learnt, taken out: nothing is left, so that whoever goes on with it need not copy it.
    public mutating func takeAll() -> ResolutionCache {
        var taken = ResolutionCache()
        swap(&taken, &self)
        return taken
    }

    /// How many entries of one kind are kept; beyond that all of the kind are forgotten.
    static let keptEntries = 4096
    /// How many bytes of records are kept, verdicts on signatures aside; beyond that all of them are forgotten.
    ///
    /// A delegation with its DS takes about a kilobyte; a hostile one may take sixty.
    static let keptBytes = 8 << 20

    /// When it was last gone through; doing so for every question would cost more than most questions.
    private var pruned = Int64.min
    /// The keys from which all trust in here is derived.
    private var trusted = TrustAnchors.none
    /// About how many bytes of records were taken in since nothing was known.
    private(set) var bytes = 0

    /// Notes that this many bytes of records are kept from now on.
    mutating func grow(by count: Int) { bytes += count }

    /// Makes ready for a question at this moment: forgets what has lapsed, once a second at most, what is too much, and what
    /// follows from other keys than those trusted now.
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
        // What has lapsed meanwhile does not count; where little has, counting again soon would not pay.
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

/// The sets by which a zone was judged.
public struct ZoneEvidence: Hashable, Sendable {
    /// What the parent, or the trust anchor, says of the zone's keys.
    public var pointers: KeyPointers?
    /// The DS set with its signatures; nothing for a trust anchor or an unsigned delegation.
    public var delegation: SignedSet?
    /// The DNSKEY set with its signatures.
    public var keys: SignedSet?
    /// The zone above that the DS or its denial is signed by.
    public var parent: Name?
    /// How it was judged.
    public var state: KeyState?

    init() {}
}

extension SignedSet {
    /// About how many bytes of memory it holds on to.
    var size: Int {
        let data = records.data.reduce(0) { $0 + $1.bytes.count + 32 }
        return 128 + data + signatures.reduce(0) { $0 + $1.fields.signature.count + 96 }
    }
}
