import DNSWire
import LapwingCore
import LapwingStore
import Logging

extension Engine {
    /// Seconds after which the store is read even if its mark has not changed.
    static let longestUnread: Int64 = 30

    /// Handles the requests that people left in the store through the command line, the page or the API.
    func attendRequests() {
        guard !store.isAway else { return }
        let mark = store.mark
        let now = parts.clock.monotonic()
        if mark != nil, mark == requestsRead.mark, now - requestsRead.at < Self.longestUnread { return }
        requestsRead = (mark, now)
        do {
            try takeAnnouncements()
            // Requests for domains of other workers are left to these.
            for request in try store.waitingRequests() where store.has(request.domain) && attend(request) {
                try store.finish(request: request.id, of: request.domain, at: parts.clock.now())
            }
        } catch {
            requestsRead.mark = nil
            log.error("cannot read requests", metadata: ["error": "\(error)"])
        }
    }

    /// Loads the announced windows; affected domains are judged by them from the next round on.
    private func takeAnnouncements() throws {
        let announced = try store.announcements(at: parts.clock.now())
        guard announced != announcements else { return }
        let concerned = Set((announced + announcements).compactMap(\.domain))
        let isOfAll = (announced + announcements).contains { $0.domain == nil }
        announcements = announced
        for (number, watch) in watches where isOfAll || concerned.contains(watch.domain.folded) {
            let windows = windows(of: watch.domain)
            guard watch.announced != windows else { continue }
            watches[number]?.announced = windows
            courses[number]?.value.turn.endRest()
        }
    }

    /// The announced windows of a domain.
    func windows(of domain: Name) -> [MaintenanceWindow] {
        announcements.isEmpty ? [] : announcements.filter { $0.concerns(domain) }.map(\.window)
    }

    /// Handles one request; false if it must be tried again later.
    private func attend(_ request: Request) -> Bool {
        switch request.kind {
        case .accept: return accept(request)
        case .check: checkNow(request.domain)
        case .note: break
        }
        return true
    }

    /// Accepts the present state of a domain as the new normal; false while the store is not available, so that a
    /// person's decision is not lost.
    private func accept(_ request: Request) -> Bool {
        guard var memory = recall(request.domain) else { return false }
        let number = numbers[request.domain]
        if let number { courses[number]?.value.turn.makeUp(in: &memory.state) }
        let outcome = Flow.accept(
            state: memory.state, incident: request.incident, by: request.text ?? "", at: parts.clock.now())
        memory.state = outcome.state
        do {
            memory.kept = try store.commit(
                RoundRecord(
                    domain: request.domain, at: parts.clock.now(), sightings: [], outcome: outcome, keepsState: true,
                    kept: memory.kept))
        } catch {
            log.error("cannot write an acceptance", metadata: ["domain": "\(request.domain)", "error": "\(error)"])
            return false
        }
        remember(memory, of: request.domain)
        // The next round may be minutes away, or fail to be written: until then, pages and metrics must not show
        // incidents as open that the table has as closed.
        status.note(open: memory.state.book.open, of: request.domain)
        if let number { courses[number]?.value.turn.stepIn() }
        return true
    }
}
