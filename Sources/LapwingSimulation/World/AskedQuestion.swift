import DNSWire
import LapwingCore

/// A question in this world, with data that is needed repeatedly.
final class AskedQuestion {
    let id: Int
    let key: RecordSetKey
    /// For random choices.
    let hash: UInt64

    init(id: Int, key: RecordSetKey) {
        self.id = id
        self.key = key
        hash = Chance.hash(key.name.folded.wire) ^ (UInt64(key.type.rawValue) &* 0x9e37_79b9_7f4a_7c15)
    }
}
