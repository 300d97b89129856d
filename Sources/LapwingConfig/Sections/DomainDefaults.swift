import DNSWire
import LapwingCore

/// What a domain gets that says nothing else.
struct DomainDefaults: Sendable {
    static let intervals: ClosedRange<Int64> = 10...86_400
    static let mostSets = Watch.mostSets
    /// Control names of one domain: each is asked of every resolver in every round.
    static let mostControls = 16
    /// Tags of one domain; routes compare all of them for each event.
    static let mostTags = 64

    var interval: Int64 = 300
    var names = ["@", "www"]
    /// Types of single names, where the names say them: what is said of all does not apply there.
    var ownTypes: [String: [RecordType]] = [:]
    var types: [RecordType] = [.a, .aaaa, .cname, .mx, .ns, .txt, .soa, .caa, .ds]
    var lowTTL: UInt32 = 60
    var outagePatience: Int64 = 120
    var dnssec = Watch.DNSSECPolicy.auto
    var registration = Watch.RegistrationThresholds()
    var watchesRegistration = true
    var renewsItself = false
    var controls: [String] = []
    var tags: [String] = []
    var severities = SeverityPolicy()
    var transfer: ZoneSource?
    var asksForZone = true
    /// The names of the keys, folded or not.
    var keys: Set<Name> = []
    /// Files and folders that declare records; nil for none.
    var declaration: Declaration?

    /// Types that say something about a zone, so that they are asked of its apex only.
    static let apexTypes: Set<RecordType> = [.soa, .ns, .ds]

    /// How many record sets the names and types make; names that are the same count each time.
    var sets: Int {
        let ofZone = types.filter(Self.apexTypes.contains).count
        return names.reduce(ofZone) { $0 + (ownTypes[$1]?.count ?? types.count - ofZone) }
    }
}
