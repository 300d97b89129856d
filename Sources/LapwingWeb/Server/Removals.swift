import DNSWire
import LapwingCore
import Synchronization

/// How domains were watched that were taken out lately, for those who want one back.
final class Removals: Sendable {
    /// Domains that are kept, and seconds for which each is.
    private static let most = 200
    private static let seconds: Int64 = 3600

    private let kept = Mutex<[(domain: Name, options: String, at: Timestamp)]>([])

    func keep(_ domain: Name, options: String, at now: Timestamp) {
        kept.withLock { kept in
            kept.removeAll { $0.domain == domain }
            kept.append((domain, options, now))
            if kept.count > Self.most { kept.removeFirst() }
        }
    }

    /// What was said of it, a JSON object; nil where it was not taken out, or too long ago.
    func options(of domain: Name, at now: Timestamp) -> String? {
        kept.withLock { kept in
            kept.last { $0.domain == domain && now.seconds(since: $0.at) < Self.seconds }?.options
        }
    }
}
