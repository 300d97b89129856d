import LapwingCore
import LapwingStore
import Logging
import Synchronization

/// Tells everybody who listens what happens, from the log in the store; nobody can make it remember without bound.
final class EventHub: Sendable {
    /// More listeners than this are turned away.
    static let mostListeners = 4000
    /// Events that wait for one slow listener; older ones are dropped, and the listener's page reloads anyway.
    static let longestQueue = 32
    private static let pause: Duration = .milliseconds(500)
    private static let pausesBetweenBeats = 30

    private struct State {
        var next = 0
        var listeners: [Int: AsyncStream<String>.Continuation] = [:]
        var isClosed = false
    }

    private let state = Mutex(State())
    private let sources: WebSources
    private let board: BoardIndex
    private let log: Logger

    init(sources: WebSources, board: BoardIndex, log: Logger) {
        self.sources = sources
        self.board = board
        self.log = log
    }

    var listeners: Int { state.withLock { $0.listeners.count } }

    /// The events from now on; nil when there are too many listeners.
    func listen() -> AsyncStream<String>? {
        let (stream, continuation) = AsyncStream.makeStream(
            of: String.self, bufferingPolicy: .bufferingNewest(Self.longestQueue))
        let number: Int? = state.withLock { state in
            guard !state.isClosed, state.listeners.count < Self.mostListeners else { return nil }
            state.next += 1
            state.listeners[state.next] = continuation
            return state.next
        }
        guard let number else { return nil }
        continuation.onTermination = { [weak self] _ in self?.forget(number) }
        return stream
    }

    private func forget(_ number: Int) { _ = state.withLock { $0.listeners.removeValue(forKey: number) } }

    /// Events after a place, for a listener that was away; at most one page of them.
    func missed(after place: Int64) -> [String] {
        ((try? sources.store.events(after: place)) ?? []).map { Self.message($0.event, place: $0.place) }
    }

    /// Reads the log until the task is cancelled.
    func run() async {
        var place = latestPlace()
        var change = latestChange()
        var counts = board.content().counts
        var pauses = 0
        while (try? await Task.sleep(for: Self.pause)) != nil {
            if state.withLock({ $0.listeners.isEmpty }) {
                place = max(place, latestPlace(from: place))
                change = latestChange()
                continue
            }
            do {
                for (at, event) in try sources.store.events(after: place) {
                    place = at
                    tell(Self.message(event, place: at))
                }
            } catch {
                log.warning("cannot read events", metadata: ["error": "\(error)"])
            }
            let latest = latestChange()
            if latest != change {
                change = latest
                tell("event: change\ndata: {\"latest\":\(latest)}\n\n")
            }
            let now = board.content().counts
            if now != counts {
                counts = now
                let fields = DomainCondition.allCases.map { ($0.status, JSONText.number(now[$0] ?? 0)) }
                tell("event: state\ndata: \(JSONText.object(fields))\n\n")
            }
            pauses += 1
            if pauses % Self.pausesBetweenBeats == 0 { tell(": still here\n\n") }
        }
        close()
    }

    func close() {
        let listeners = state.withLock { state in
            state.isClosed = true
            return Array(state.listeners.values)
        }
        for listener in listeners { listener.finish() }
    }

    private func tell(_ message: String) {
        let listeners = state.withLock { Array($0.listeners.values) }
        for listener in listeners { listener.yield(message) }
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
