public import DNSWire

/// What earlier questions taught, handed from one question to the next.
///
/// A value: whoever keeps it decides how long. Entries lapse by the clock that each question brings along.
public struct Memory: Sendable {
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
    /// How often an address gave no usable answer lately.
    var troubles: [IPAddress: Int] = [:]
    var verdicts: [SignatureCheck: Bool] = [:]
    /// The sets that each zone's state was judged by, for those who explain it.
    public internal(set) var evidence: [Name: ZoneEvidence] = [:]

    /// Nothing learnt yet.
    public init() {}

    /// What was learnt, taken out: nothing is left, so that whoever goes on with it need not copy it.
    public mutating func takeAll() -> Memory {
        var taken = Memory()
        swap(&taken, &self)
        return taken
    }

    /// How many entries of one kind are kept; beyond that all of the kind are forgotten.
    static let keptEntries = 4096

    /// When it was last gone through; doing so for every question would cost more than most questions.
    private var pruned = Int64.min

    /// Forgets what has lapsed, once a second at most.
    mutating func prune(at now: Int64) {
        guard now != pruned else { return }
        pruned = now
        delegations = delegations.filter { $0.value.expires > now }
        links = links.filter { $0.value.expires > now }
        anchors = anchors.filter { $0.value.expires > now }
        addresses = addresses.filter { $0.value.expires > now }
        if delegations.count > Self.keptEntries { delegations = [:] }
        if links.count > Self.keptEntries { links = [:] }
        if addresses.count > Self.keptEntries { addresses = [:] }
        if troubles.count > Self.keptEntries { troubles = [:] }
        if evidence.count > Self.keptEntries { evidence = [:] }
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
