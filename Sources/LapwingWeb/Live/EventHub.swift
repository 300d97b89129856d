import LapwingCore
import LapwingStore
import Logging
import Synchronization

/// Tells everybody who listens what happens, from the log in the store; nobody can make it remember without bound.
final class EventHub: Sendable {
    /// More listeners than this are turned away, however many connections there may be.
    private static let mostListenersEver = 4000
    /// Events that wait for one slow listener; older ones are dropped, and the listener's page reloads anyway.
    static let longestQueue = 32
    private static let pause: Duration = .milliseconds(500)
    private static let pausesBetweenBeats = 30
    /// Between two looks whether those who listen may still do so.
    private static let pausesBetweenLooks = 4

    /// Who listens.
    struct Listener: Sendable {
        /// What exists for him.
        var store: SeenStore
        /// How many domains that exist for him are in each state.
        var counts: @Sendable () -> [DomainCondition: Int]
        /// Whether he may still listen.
        var isGood: @Sendable () -> Bool = { true }
        /// The tags of what exists for him; nil where everything does.
        var tags: Set<String>?
        /// The client of a proxy, which may have only so many; nil for whoever comes by none: his connections are counted.
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
        /// How far the log and the changes have been told.
        var place: Int64 = 0
        var change: Int64 = 0
    }

    private let state = Mutex(State())
    private let sources: WebSources
    private let board: BoardIndex
    private let log: Logger
    private let mostListeners: Int
    private let mostOfOneClient: Int
    /// Tells the reader of the log that there is somebody to read it for.
    private let arrivals = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))

    /// - Parameters:
    ///   - mostListeners: beyond these listeners are turned away, so that connections are left for others.
    ///   - mostOfOneClient: those of one client behind a proxy.
    init(sources: WebSources, board: BoardIndex, mostListeners: Int, mostOfOneClient: Int, log: Logger) {
        self.mostListeners = min(mostListeners, Self.mostListenersEver)
        self.mostOfOneClient = mostOfOneClient
        self.sources = sources
        self.board = board
        self.log = log
    }

    var listeners: Int { state.withLock { $0.listeners.count } }

    /// The events from now on, as far as they exist for somebody; nil when there are too many listeners.
    func listen(_ listener: Listener) -> AsyncStream<String>? {
        let (stream, continuation) = AsyncStream.makeStream(
            of: String.self, bufferingPolicy: .bufferingNewest(Self.longestQueue))
        // Nobody has read the log since the last listener went. Reading it may take a while, so nothing is locked.
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

    /// Events after a place, for a listener that was away; at most one page of them.
    func missed(after place: Int64, by listener: Listener) -> [String] {
        ((try? listener.store.events(after: place)) ?? []).map { Self.message($0.event, place: $0.place) }
    }

    /// Reads the log for those who listen, until the task is cancelled; without listeners it sleeps.
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

    /// Tells what the log and the changes have that was not told yet.
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

    /// Tells how many domains are in each state to those for whom that has changed.
    ///
    /// - Returns: what was told last, for each set of tags that somebody listens by.
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

    /// Ends the streams of those who may not listen any more.
    private func dismissStrangers() {
        for listener in state.withLock({ Array($0.listeners.values) }) where !listener.isGood() {
            listener.continuation?.finish()
        }
    }

    /// Ends the streams there are; others may begin.
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
