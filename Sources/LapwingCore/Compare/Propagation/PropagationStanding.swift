import DNSWire

/// How far a change has come at one source.
package struct PropagationStanding: Sendable, Hashable {
    package enum State: String, Sendable, Hashable {
        /// It gives what is waited for.
        case there
        /// It gives something else.
        case waiting
        /// It gave no answer that settles anything.
        case unknown
        /// It was not asked so far: a resolver that is asked too early keeps the old answer.
        case unasked
    }

    /// Who was asked.
    package let source: Source
    package internal(set) var state = State.unasked
    /// What it gave last, as text; empty for nothing.
    package internal(set) var data: [String] = []
    /// When it gave that; nil before the first answer.
    package internal(set) var seenAt: Timestamp?
    /// Since when it is known to give what is waited for.
    package internal(set) var thereSince: Timestamp?
    /// When what it gave is gone from it at the latest: a cache by the time that is left, a server that is behind by its
    /// zone's refresh; nil where nothing says so.
    package internal(set) var latest: Timestamp?
    /// Why nothing is known of it, in words.
    package internal(set) var trouble: String?
    /// Answers in a row that had it, where an older one may still be in another of its caches.
    var confirmations = 0
    /// Answers in a row that settled nothing.
    var failures = 0
    /// When it was asked last.
    var askedAt: Timestamp?
    /// When it may be asked next.
    var dueAt: Timestamp = .earliest

    init(_ source: Source) { self.source = source }

    /// Whether it keeps what others have; otherwise the data is its own.
    package var isCache: Bool { if case .resolver = source { true } else { false } }

    /// Answers in a row by which a resolver is believed before the old answer that it gave has run out.
    static let confirmations = 3
    /// Seconds between two questions to one source, at least and at most.
    static let pause: ClosedRange<Int64> = 2...30

    /// Takes in an answer.
    ///
    /// - Parameters:
    ///   - holds: whether it has what is waited for.
    ///   - refresh: seconds after which a server that is behind fetches the zone.
    ///   - waited: seconds since the waiting began.
    mutating func take(_ answer: Answer, holds: Bool?, refresh: UInt32?, waited: Int64, at now: Timestamp) {
        askedAt = now
        guard let holds else {
            failures += 1
            // One answer that got lost is no news of a source that was heard.
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
            // Behind one address there may be many caches: an early new answer may come from another than the old one did.
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
            // A cache gives the old answer until its time is over; only now and then it is worth a look before.
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
