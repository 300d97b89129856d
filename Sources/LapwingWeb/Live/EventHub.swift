import LapwingCore
import LapwingStore
import Logging
import Synchronization

/// Sends events from the log in the store to all listeners. The memory that listeners use is bounded.
final class EventHub: Sendable {
    /// The absolute limit of listeners, however many connections are allowed.
    private static let mostListenersEver = 4000
    /// Events that wait for one slow listener. Older ones are dropped; the listener's page reloads anyway.
    static let longestQueue = 32
    private static let pause: Duration = .milliseconds(500)
    private static let pausesBetweenBeats = 30
    /// Pauses between two checks whether the listeners are still authorised.
    private static let pausesBetweenLooks = 4

    /// A subscriber to the events.
    struct Listener: Sendable {
        /// The store, restricted to the domains that the listener may see.
        var store: SeenStore
        /// The number of visible domains in each state.
        var counts: @Sendable () -> [DomainCondition: Int]
        /// Whether the listener is still authorised.
        var isGood: @Sendable () -> Bool = { true }
        /// The tags of the visible domains; nil if all domains are visible.
        var tags: Set<String>?
        /// The client behind a proxy, whose listeners are limited; nil for a direct connection, since connections are
        /// limited already.
        var client: String?
        fileprivate var continuation: AsyncStream<String>.Continuation?

        init(
            _ site: Site, _ visitor: Visitor, client: String? = nil, isGood: @escaping @Sendable () -> Bool
        ) {
            self.client = client
            let board = site.board
            store = site.sources.store
            counts = { board.content().counts }
            tags = visitor.rights.tags
            self.isGood = isGood
        }
    }

    private struct State {
        var next = 0
        var listeners: [Int: Listener] = [:]
        var isClosed = false
        /// The places up to which the log and the changes have been sent.
        var place: Int64 = 0
        var change: Int64 = 0
    }

    private let state = Mutex(State())
    private let sources: WebSources
    private let board: BoardIndex
    private let log: Logger
    private let mostListeners: Int
    private let mostOfOneClient: Int
    /// Wakes the reader of the log when there is a listener.
    private let arrivals = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))

    /// - Parameters:
    ///   - mostListeners: the limit of listeners, so that connections are left for other requests.
    ///   - mostOfOneClient: the limit for one client behind a proxy.
    init(sources: WebSources, board: BoardIndex, mostListeners: Int, mostOfOneClient: Int, log: Logger) {
        self.mostListeners = min(mostListeners, Self.mostListenersEver)
        self.mostOfOneClient = mostOfOneClient
        self.sources = sources
        self.board = board
        self.log = log
    }

    var listeners: Int { state.withLock { $0.listeners.count } }

    /// Returns the events from now on that the listener may see; nil if there are too many listeners.
    func listen(_ listener: Listener) -> AsyncStream<String>? {
        let (stream, continuation) = AsyncStream.makeStream(
            of: String.self, bufferingPolicy: .bufferingNewest(Self.longestQueue))
        // The log was not read while there were no listeners. Reading it may take a while, so it happens outside the
        // lock.
        let known = state.withLock { $0.listeners.isEmpty ? $0.place : nil }
        let latest = known.map { (place: latestPlace(from: $0), change: latestChange()) }
        let number: Int? = state.withLock { state in
            guard !state.isClosed, state.listeners.count < mostListeners else { return nil }
            if let client = listener.client {
                guard state.listeners.values.count(where: { $0.client == client }) < mostOfOneClient else { return nil }
            }
            if state.listeners.isEmpty, let latest {
                state.place = max(state.place, latest.place)
                state.change = max(state.change, latest.change)
            }
            state.next += 1
            var listener = listener
            listener.continuation = continuation
            state.listeners[state.next] = listener
            return state.next
        }
        guard let number else { return nil }
        continuation.onTermination = { [weak self] _ in self?.forget(number) }
        arrivals.continuation.yield()
        return stream
    }

    private func forget(_ number: Int) { _ = state.withLock { $0.listeners.removeValue(forKey: number) } }

    /// Returns the events after a place, for a listener that reconnects; at most one page of them.
    func missed(after place: Int64, by listener: Listener) -> [String] {
        ((try? listener.store.events(after: place)) ?? []).map { Self.message($0.event, place: $0.place) }
    }

    /// Reads the log for the listeners until the task is cancelled; sleeps while there are none.
    func run() async {
        var arrivals = arrivals.stream.makeAsyncIterator()
        while !Task.isCancelled, await arrivals.next() != nil {
            var counts: [Set<String>?: [DomainCondition: Int]] = [:]
            var pauses = 0
            while listeners > 0, (try? await Task.sleep(for: Self.pause)) != nil {
                tellNews()
                counts = tellCounts(counts)
                pauses += 1
                if pauses % Self.pausesBetweenLooks == 0 { dismissStrangers() }
                if pauses % Self.pausesBetweenBeats == 0 { tell(": still here\n\n") }
            }
        }
        close()
    }

    /// Sends the news of the log and of the changes.
    private func tellNews() {
        let (place, change) = state.withLock { ($0.place, $0.change) }
        do {
            for (at, event) in try sources.store.events(after: place) {
                state.withLock { $0.place = at }
                tell(Self.message(event, place: at)) { $0.store.sees(event.domain) }
            }
        } catch {
            log.warning("cannot read events", metadata: ["error": "\(error)"])
        }
        let latest = latestChange()
        guard latest != change else { return }
        state.withLock { $0.change = latest }
        let fresh = (try? sources.store.changes(limit: 200))?.filter { $0.id > change } ?? []
        for listener in state.withLock({ Array($0.listeners.values) }) {
            guard
                let latest = listener.tags == nil ? latest : fresh.first(where: { listener.store.sees($0.domain) })?.id
            else { continue }
            listener.continuation?.yield("event: change\ndata: {\"latest\":\(latest)}\n\n")
        }
    }

    /// Sends the number of domains in each state to the listeners for whom it has changed.
    ///
    /// - Returns: the numbers that were sent last, for each set of tags of a listener.
    private func tellCounts(_ told: [Set<String>?: [DomainCondition: Int]]) -> [Set<String>?: [DomainCondition: Int]] {
        var counts: [Set<String>?: [DomainCondition: Int]] = [:]
        var messages: [Set<String>?: String] = [:]
        let listeners = state.withLock { Array($0.listeners.values) }
        for listener in listeners {
            if counts[listener.tags] == nil {
                let now = listener.counts()
                counts[listener.tags] = now
                if let old = told[listener.tags], old != now {
                    let fields = DomainCondition.allCases.map { ($0.rawValue, JSONText.number(now[$0] ?? 0)) }
                    messages[listener.tags] = "event: state\ndata: \(JSONText.object(fields))\n\n"
                }
            }
            if let message = messages[listener.tags] { listener.continuation?.yield(message) }
        }
        return counts
    }

    /// Ends the streams of listeners that are no longer authorised.
    private func dismissStrangers() {
        for listener in state.withLock({ Array($0.listeners.values) }) where !listener.isGood() {
            listener.continuation?.finish()
        }
    }

    /// Ends all present streams; new ones may begin.
    func dismiss() {
        let listeners = state.withLock { Array($0.listeners.values) }
        for listener in listeners { listener.continuation?.finish() }
    }

    func close() {
        let listeners = state.withLock { state in
            state.isClosed = true
            return Array(state.listeners.values)
        }
        for listener in listeners { listener.continuation?.finish() }
    }

    private func tell(_ message: String, to isMeant: (Listener) -> Bool = { _ in true }) {
        let listeners = state.withLock { Array($0.listeners.values) }
        for listener in listeners where isMeant(listener) { listener.continuation?.yield(message) }
    }

    private func latestPlace(from start: Int64 = 0) -> Int64 {
        var place = start
        while let last = (try? sources.store.events(after: place, limit: 5000))?.last { place = last.place }
        return place
    }

    private func latestChange() -> Int64 { (try? sources.store.changes(limit: 1))?.first?.id ?? 0 }

    private static func message(_ event: IncidentEvent, place: Int64) -> String {
        "id: \(place)\nevent: incident\ndata: \(JSONText.event(event))\n\n"
    }
}
