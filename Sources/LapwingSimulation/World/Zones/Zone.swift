import DNSWire
import LapwingCore

/// One version of a zone's content, as held by a server. Immutable: a change makes a new version.
final class Zone: Sendable {
    let origin: Name
    let serial: UInt32
    let startOfAuthority: StartOfAuthority
    /// The response code for missing names.
    let missing: ResponseCode
    let sets: [RecordSetKey: RecordSet]
    /// RRsets whose content differs from answer to answer.
    let policies: [RecordSetKey: AnswerPolicy]
    let signing: ZoneSigning?
    /// The types at each name with records.
    let owners: [Name: Set<RecordType>]
    /// Empty non-terminals (RFC 8020).
    let emptyNames: Set<Name>
    /// Names at which other zones begin: whoever asks at or below one is sent on.
    let cuts: Set<Name>

    /// The fields of the SOA record except for the serial.
    struct StartOfAuthority: Sendable {
        var ttl: UInt32
        var primary: Name
        var responsible: Name
        var refresh: UInt32
        var retry: UInt32
        var expire: UInt32
        var minimum: UInt32
    }

    init(
        origin: Name, serial: UInt32, startOfAuthority: StartOfAuthority, missing: ResponseCode,
        sets: [RecordSetKey: RecordSet], policies: [RecordSetKey: AnswerPolicy], signing: ZoneSigning?
    ) {
        self.origin = origin
        self.serial = serial
        self.startOfAuthority = startOfAuthority
        self.missing = missing
        self.sets = sets
        self.policies = policies
        self.signing = signing
        var owners: [Name: Set<RecordType>] = [origin: [.soa]]
        for key in Array(sets.keys) + Array(policies.keys) { owners[key.name, default: []].insert(key.type) }
        if signing != nil { owners[origin, default: []].insert(.dnskey) }
        var emptyNames: Set<Name> = []
        for owner in owners.keys {
            var above = owner.parent
            while let name = above, name != origin, name.isSubdomain(of: origin) {
                if owners[name] == nil { emptyNames.insert(name) }
                above = name.parent
            }
        }
        self.owners = owners
        self.emptyNames = emptyNames
        cuts = Set(owners.filter { $0.key != origin && $0.value.contains(.ns) }.keys)
    }

    func holds(_ name: Name) -> Bool { owners[name] != nil || emptyNames.contains(name) }

    /// The cut at or above a name; nil where the zone speaks for the name itself.
    func cut(above name: Name) -> Name? {
        guard !cuts.isEmpty else { return nil }
        return (origin.labelCount + 1..<max(origin.labelCount + 1, name.labelCount + 1)).lazy
            .map { name.suffix(labels: $0) }.first(where: cuts.contains)
    }

    /// Whether another zone begins at a name, and no DS secures it.
    func isUnsecured(_ name: Name) -> Bool { cuts.contains(name) && owners[name]?.contains(.ds) != true }

    /// Seconds for which a denial may be cached (RFC 2308 §5).
    var negativeTTL: UInt32 { min(startOfAuthority.ttl, startOfAuthority.minimum) }
}

/// The signing policy of a zone.
struct ZoneSigning: Sendable {
    enum Window: Sendable {
        /// All signatures are renewed at minute `last + k × every` and valid for `valid` minutes; with `bump` the
        /// serial rises each time.
        case periodic(last: Int, every: Int, valid: Int, bump: Bool)
        case fixed(from: Int, to: Int)
    }

    enum Denial: String, CaseIterable, Sendable {
        case nsec, nsec3
        /// By NSEC3 records that leave out delegations without a DS (RFC 5155 §6).
        case optOut = "nsec3-opt-out"

        var usesHashes: Bool { self != .nsec }
    }

    /// Labels of the keys in the DNSKEY RRset.
    var keys: [String]
    /// Labels of the keys that sign the DNSKEY RRset.
    var keySigners: [String]
    /// Labels of the keys that sign everything else.
    var zoneSigners: [String]
    var keyTTL: UInt32
    /// The size of the DNSKEY response in bytes that the scenario states.
    var keyBytes: Int
    var window: Window
    var denial: Denial
    var iterations: UInt16
    var signaturesBroken: Bool
    var wildcardTypesMissing: Bool

    /// Returns the validity of the signatures that are served at a minute, and how often they have been renewed since
    /// the periods began.
    func validity(atMinute minute: Int) -> (from: Int, to: Int, count: Int) {
        switch window {
        case .fixed(let from, let to):
            return (from, to, 0)
        case .periodic(let last, let every, let valid, _):
            let count = floorDivide(minute - last, every)
            let made = last + count * every
            return (made - 60, made + valid, count)
        }
    }
}

/// An RRset that varies from answer to answer.
struct AnswerPolicy: Sendable {
    enum Choice: Sendable {
        /// A random selection of this size for each query, or for each period of minutes.
        case subset(pick: Int)
        /// All records, in random order.
        case rotate
        /// One record, the next one in each period.
        case one
        /// By the region of the client.
        case region([String: [RecordData]], other: [RecordData])
        /// A number of records, each of which is used once before any is repeated.
        case fresh(pick: Int)
    }

    var key: RecordSetKey
    var ttl: UInt32
    var choice: Choice
    var pool: [RecordData]
    /// The length of a period in minutes.
    var every: Int
}

/// Division that rounds down, also for negative numbers.
func floorDivide(_ dividend: Int, _ divisor: Int) -> Int {
    let quotient = dividend / divisor
    return dividend % divisor != 0 && (dividend < 0) != (divisor < 0) ? quotient - 1 : quotient
}
