import DNSWire

/// Waits for a change: determines which sources to ask and when, takes the answers, and reports which sources have the
/// change and when all will have it.
///
/// A state machine without a clock. Resolvers are asked only when every authoritative server that answers has the
/// change: one that is asked before keeps the old answer, or the negative one, for the duration of its TTL.
package struct PropagationWait: Sendable {
    /// The sources that must have the change.
    package enum Scope: String, Sendable, Hashable, CaseIterable {
        case everywhere, authorities, resolvers
    }

    /// When the change will be complete, by the observations so far.
    package enum Forecast: Sendable, Hashable {
        /// All sources have it.
        case there
        /// At this moment at the latest.
        case latest(Timestamp)
        /// This many seconds after the servers have it, at the latest.
        case afterPublication(seconds: Int64)
        /// Unknown.
        case open
    }

    /// Seconds for which an answer counts in a statement about all sources.
    package static let freshness: Int64 = 10

    /// The value that is waited for.
    package let awaited: AwaitedSet
    /// The sources that must have it.
    package let scope: Scope
    /// The start of the wait; the longer ago it is, the less often servers that lag behind are asked.
    package let began: Timestamp
    /// The sources in the order of display: parent servers, authoritative servers, resolvers.
    package private(set) var standings: [PropagationStanding]
    /// Seconds for which caches may keep the earlier answers of the servers; nil if that is unknown.
    package private(set) var oldSeconds: Int64?

    package init(_ awaited: AwaitedSet, scope: Scope, resolvers: [String], began: Timestamp) {
        self.awaited = awaited
        self.scope = scope
        self.began = began
        standings = scope == .authorities ? [] : resolvers.map { PropagationStanding(.resolver($0)) }
    }

    /// Sets the present authoritative servers; known ones keep their standing.
    package mutating func find(_ servers: [Source]) {
        guard scope != .resolvers, !servers.isEmpty else { return }
        let known = Dictionary(standings.map { ($0.source, $0) }, uniquingKeysWith: { first, _ in first })
        // Two servers of the parent zone may have the same address.
        var seen: Set<Source> = []
        standings =
            servers.filter { seen.insert($0).inserted }.map { known[$0] ?? PropagationStanding($0) }
            + standings.filter(\.isCache)
    }

    /// Returns the sources to ask at this moment.
    package func due(at now: Timestamp) -> [Source] {
        guard !isDone(at: now) else { return [] }
        if standings.allSatisfy({ $0.state == .there }) {
            // A statement about all sources must rest on answers of about the same time.
            return standings.filter { !Self.isFresh($0, at: now) && $0.dueAt <= now }.map(\.source)
        }
        let asksResolvers = isPublished
        return standings.filter { $0.state != .there && $0.dueAt <= now && (!$0.isCache || asksResolvers) }.map(
            \.source)
    }

    /// Returns when a source is to be asked next; nil if there are no sources.
    package func nextDue(at now: Timestamp) -> Timestamp? {
        let asksResolvers = isPublished
        return standings.filter { $0.state != .there && (!$0.isCache || asksResolvers) }.map(\.dueAt).min()
            ?? standings.map(\.dueAt).min()
    }

    /// Takes the answer of a source.
    ///
    /// - Parameter refresh: the refresh value of the zone's SOA at an authoritative server, in seconds.
    package mutating func receive(_ answer: Answer, refresh: UInt32? = nil, from source: Source, at now: Timestamp) {
        guard let place = standings.firstIndex(where: { $0.source == source }) else { return }
        var answer = answer
        if case .parent = source { answer = answer.asDelegation(of: awaited.key.name) }
        let holds = awaited.holds(in: answer)
        if holds == false, !standings[place].isCache, let seconds = answer.cacheSeconds {
            oldSeconds = max(oldSeconds ?? 0, Int64(seconds))
        }
        standings[place].take(
            answer, holds: holds, refresh: refresh, waited: now.seconds(since: began), at: now)
    }

    /// Whether a server has the change and none is known to have another value; always true if only resolvers count.
    package var isPublished: Bool {
        guard scope != .resolvers else { return true }
        let servers = standings.filter { !$0.isCache }
        return servers.contains { $0.state == .there } && !servers.contains { $0.state == .waiting }
    }

    /// Whether all sources have the change, by answers of the last few seconds.
    package func isDone(at now: Timestamp) -> Bool {
        !standings.isEmpty && (scope == .resolvers || standings.contains { !$0.isCache })
            && standings.allSatisfy { $0.state == .there && Self.isFresh($0, at: now) }
    }

    private static func isFresh(_ standing: PropagationStanding, at now: Timestamp) -> Bool {
        standing.seenAt.map { now.seconds(since: $0) < freshness } ?? false
    }

    /// Whether a source is known not to have the change; otherwise the missing ones gave no answer.
    package var isMissing: Bool { standings.contains { $0.state == .waiting } }

    /// Returns when all sources will have the change, by the observations so far.
    package func forecast(at now: Timestamp) -> Forecast {
        guard !standings.isEmpty else { return .open }
        let servers = standings.filter { !$0.isCache }
        let lacking = standings.filter { $0.state != .there }
        if lacking.isEmpty { return scope != .resolvers && servers.isEmpty ? .open : .there }
        if scope != .resolvers, !servers.contains(where: { $0.state == .there }) {
            guard scope == .everywhere, servers.contains(where: { $0.state == .waiting }) else { return .open }
            return oldSeconds.map { .afterPublication(seconds: $0) } ?? .open
        }
        var latest = now
        for standing in lacking where !standing.isCache {
            guard standing.state == .waiting, let end = standing.latest else { return .open }
            latest = max(latest, end)
        }
        let published = latest
        for standing in lacking where standing.isCache {
            switch standing.state {
            case .waiting:
                guard let end = standing.latest else { return .open }
                latest = max(latest, end)
            case .unasked:
                guard let oldSeconds else { return .open }
                latest = max(latest, published.adding(seconds: oldSeconds))
            case .unknown, .there: return .open
            }
        }
        return .latest(latest)
    }
}
