import DNSWire
import LapwingCore

/// The options of a domain that are not given otherwise.
struct DomainDefaults: Sendable {
    static let intervals: ClosedRange<Int64> = 10...86_400
    static let mostSets = Watch.mostSets
    /// The largest number of control names of a domain: each is asked at every resolver in every round.
    static let mostControls = 16
    /// The largest number of tags of a domain; routes compare all of them for each event.
    static let mostTags = 64

    var interval: Int64 = 300
    var names = ["@", "www"]
    /// The types of single names, if given with the names; the common types do not apply to these.
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
    /// The names of the TSIG keys, case-folded or not.
    var keys: Set<Name> = []
    /// Files and folders that declare records; nil for none.
    var declaration: Declaration?

    /// Types that concern a zone, and are therefore asked only at its apex.
    static let apexTypes: Set<RecordType> = [.soa, .ns, .ds]

    /// The number of RRsets for the names and types; repeated names count each time.
    var sets: Int {
        let ofZone = types.filter(Self.apexTypes.contains).count
        return names.reduce(ofZone) { $0 + (ownTypes[$1]?.count ?? types.count - ofZone) }
    }
}
