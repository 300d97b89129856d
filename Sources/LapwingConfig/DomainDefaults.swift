import DNSWire
import LapwingCore

/// What a domain gets that says nothing else.
struct DomainDefaults: Sendable {
    static let intervals: ClosedRange<Int64> = 10...86_400

    var interval: Int64 = 300
    var names = ["@", "www"]
    var types: [RecordType] = [.a, .aaaa, .cname, .mx, .ns, .txt, .soa, .caa, .ds]
    var lowTTL: UInt32 = 60
    var dnssec = Watch.DNSSECPolicy.auto
    var registration = Watch.RegistrationThresholds()
    var watchesRegistration = true
    var renewsItself = false
    var controls: [String] = []
    var tags: [String] = []
}
