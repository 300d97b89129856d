import LapwingConfig
import LapwingCore

extension PropagationWait {
    /// The number of sources with the change, and when all will have it: `2 of 6 have it; everywhere by 14:05:10 UTC at
    /// the latest`.
    func summary(at now: Timestamp, counts: Bool = true) -> String {
        let there = standings.count { $0.state == .there }
        let count = standings.isEmpty ? "the servers are not found yet" : "\(there) of \(standings.count) have it"
        let words: String
        switch forecast(at: now) {
        case .there: words = isDone(at: now) ? "" : "asked once more"
        case .open: words = standings.isEmpty ? "" : "when all will is not known"
        case .afterPublication(let seconds):
            words = "no server does yet; everywhere within \(seconds.lengthText) after they do"
        case .latest(let latest):
            let left = latest.seconds(since: now)
            words =
                "\(place) by \(latest.clock(beside: now)) at the latest" + (left > 0 ? " (in \(left.lengthText))" : "")
        }
        return [counts ? count : "", words].filter { !$0.isEmpty }.joined(separator: "; ")
    }

    private var place: String {
        switch scope {
        case .everywhere: "everywhere"
        case .authorities: "at all servers"
        case .resolvers: "at all resolvers"
        }
    }
}

extension PropagationStanding {
    /// The name of the source: `ns1.example.com 192.0.2.1`, `google`, `zone above 192.0.2.1`.
    var title: String {
        switch source {
        case .authority(let host, let address): "\("\(host)".withoutFinalDot) \(address)"
        case .parent(let address): "zone above \(address)"
        case .resolver(let label): label
        }
    }

    /// The present value, and how long it lasts.
    func words(_ wait: PropagationWait, at now: Timestamp) -> String {
        let gives = data.isEmpty ? "nothing" : data.prefix(4).joined(separator: ", ") + (data.count > 4 ? ", …" : "")
        switch state {
        case .there: return "there"
        case .unasked: return isCache ? "not asked before the servers have it" : "not asked yet"
        case .unknown: return trouble ?? "not known"
        case .waiting where wait.awaited.condition == .absent || !isCache || latest == nil:
            let end = latest.flatMap { end in
                isCache || wait.standings.contains { !$0.isCache && $0.state == .there }
                    ? ", until \(end.clock(beside: now)) at the latest" : nil
            }
            return "gives \(gives)\(end ?? "")"
        case .waiting:
            let end = latest.map { $0.clock(beside: now) } ?? ""
            return "old value until \(end) at the latest: \(gives)"
        }
    }
}

extension Int64 {
    /// Formats seconds: `45s`, `4m 10s`, `2h 5m`, `3d 4h`.
    var lengthText: String {
        let parts = [("d", Int64(86_400)), ("h", 3600), ("m", 60), ("s", 1)]
        guard let first = parts.firstIndex(where: { self >= $0.1 }) else { return "0s" }
        let (unit, size) = parts[first]
        let rest = first + 1 < parts.count ? self % size / parts[first + 1].1 : 0
        return "\(self / size)\(unit)" + (rest > 0 ? " \(rest)\(parts[first + 1].0)" : "")
    }
}
