import DNSWire

/// How far a change has propagated to one source.
package struct PropagationStanding: Sendable, Hashable {
    /// Whether a source has the awaited value, by its answers so far.
    package enum State: String, Sendable, Hashable {
        /// It has the awaited value.
        case there
        /// It has another value.
        case waiting
        /// It gave no conclusive answer.
        case unknown
        /// It was not asked yet: a resolver that is asked too early keeps the old answer.
        case unasked
    }

    /// The source.
    package let source: Source
    /// Its present state; once it has answered, a single lost answer does not change it.
    package internal(set) var state = State.unasked
    /// Its last data, as text; empty for none.
    package internal(set) var data: [String] = []
    /// When it gave this data; nil before the first answer.
    package internal(set) var seenAt: Timestamp?
    /// Since when it is known to have the awaited value; nil while it is not.
    package internal(set) var thereSince: Timestamp?
    /// The latest time at which its old data is replaced: in a cache by the remaining TTL, at a server that lags behind
    /// by the refresh interval of the zone; nil if that is unknown.
    package internal(set) var latest: Timestamp?
    /// Why its value is unknown, in words; nil if its last answer was conclusive.
    package internal(set) var trouble: String?
    /// Consecutive answers with the awaited value, counted while another of its caches may still hold an older one.
    var confirmations = 0
    /// Consecutive answers that were not conclusive.
    var failures = 0
    /// When it was last asked.
    var askedAt: Timestamp?
    /// When it may be asked again.
    var dueAt: Timestamp = .earliest

    init(_ source: Source) { self.source = source }

    /// Whether it caches data of others; if not, the data is its own.
    package var isCache: Bool { if case .resolver = source { true } else { false } }

    /// Consecutive answers after which a resolver is believed before its old answer has expired.
    static let confirmations = 3
    /// The shortest and the longest time between two questions to one source, in seconds.
    static let pause: ClosedRange<Int64> = 2...30

    /// Records an answer.
    ///
    /// - Parameters:
    ///   - holds: whether it has the awaited value; nil if it is not conclusive.
    ///   - refresh: seconds after which a server that lags behind fetches the zone.
    ///   - waited: seconds since the wait began.
    mutating func take(_ answer: Answer, holds: Bool?, refresh: UInt32?, waited: Int64, at now: Timestamp) {
        askedAt = now
        guard let holds else {
            failures += 1
            // A single lost answer does not change the state of a source that has answered before.
            if failures > 1 || seenAt == nil {
                state = .unknown
                thereSince = nil
            }
            trouble = Self.words(answer)
            dueAt = now.adding(seconds: min(Self.pause.lowerBound << min(failures, 4), Self.pause.upperBound))
            return
        }
        failures = 0
        trouble = nil
        seenAt = now
        data = answer.records.map(\.data.text).sorted()
        if holds {
            confirmations += 1
            // One address may have many caches behind it: an early new answer may come from another one than the old
            // answer did.
            guard isCache, let latest, latest > now, confirmations < Self.confirmations else {
                if state != .there { thereSince = now }
                state = .there
                latest = nil
                dueAt = now.adding(seconds: Self.pause.lowerBound)
                return
            }
            state = .waiting
            dueAt = now.adding(seconds: Self.pause.lowerBound)
            return
        }
        confirmations = 0
        state = .waiting
        thereSince = nil
        if isCache {
            latest = answer.leavesCache
            // A cache gives the old answer until it expires; only an occasional question before that is worthwhile.
            let end = latest ?? now.adding(seconds: Self.pause.lowerBound)
            dueAt = min(
                max(end, now.adding(seconds: Self.pause.lowerBound)), now.adding(seconds: Self.pause.upperBound))
        } else {
            latest = refresh.map { now.adding(seconds: Int64($0)) }
            dueAt = now.adding(seconds: min(max(waited / 10, Self.pause.lowerBound), Self.pause.upperBound / 2))
        }
    }

    private static func words(_ answer: Answer) -> String {
        switch answer.outcome {
        case .failure(let code): "\(code)"
        case .referral: "does not answer for the zone"
        case .timeout: "no answer"
        case .unreachable: "not reachable"
        case .malformed: "unreadable answer"
        case .data, .noData, .nxDomain: "an alias that leads elsewhere"
        }
    }
}
