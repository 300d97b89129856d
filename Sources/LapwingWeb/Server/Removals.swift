import DNSWire
import LapwingCore
import Synchronization

/// The options of domains that were removed lately, for users who want to restore one.
final class Removals: Sendable {
    /// The largest number of domains that are kept, and the seconds for which each is.
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

    /// Returns the domain's options, a JSON object; nil if it was not removed, or too long ago.
    func options(of domain: Name, at now: Timestamp) -> String? {
        kept.withLock { kept in
            kept.last { $0.domain == domain && now.seconds(since: $0.at) < Self.seconds }?.options
        }
    }
}
