import LapwingCore
import DNSWire

/// The simplest possible monitoring script: it queries one resolver each round, and alerts if the RRset differs from
/// before.
struct NaiveMonitor {
    private(set) var alerts = 0
    private var last: [RecordSetKey: [String]] = [:]

    mutating func look(at snapshot: Snapshot) {
        guard snapshot.look == .regular, let resolver = snapshot.resolvers.first else { return }
        for (key, answer) in resolver.answers where key.type != .soa {
            // Like `dig +short | sort`: a missing response is an empty set.
            let set = answer.records.map(\.data.text).sorted()
            if let before = last[key], before != set { alerts += 1 }
            last[key] = set
        }
    }
}
