import LapwingCore
import DNSWire

/// The script that everyone starts with: ask one resolver each round, and say so when the set is another than before.
struct NaiveMonitor {
    private(set) var alerts = 0
    private var last: [RecordSetKey: [String]] = [:]

    mutating func look(at snapshot: Snapshot) {
        guard snapshot.look == .regular, let resolver = snapshot.resolvers.first else { return }
        for (key, answer) in resolver.answers where key.type != .soa {
            // `dig +short | sort`: what does not come is an empty set.
            let set = answer.records.map(\.data.text).sorted()
            if let before = last[key], before != set { alerts += 1 }
            last[key] = set
        }
    }
}
