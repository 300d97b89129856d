import DNSWire
import LapwingCore

/// The data of one RRset without its name.
struct RecordSet: Sendable, Hashable {
    var ttl: UInt32
    var data: [RecordData]
}
