import DNSWire
import LapwingCore
import LapwingStore
import Logging

extension Engine {
    /// Seconds after which the store is read although its mark is the same.
    static let longestUnread: Int64 = 30

    /// Sees to what people asked for through the command line, the page or the API: they leave it in the store.
    func attendRequests() {
        let mark = store.mark
        let now = parts.clock.monotonic()
        if mark != nil, mark == requestsRead.mark, now - requestsRead.at < Self.longestUnread { return }
        requestsRead = (mark, now)
        do {
            for request in try store.waitingRequests() {
                attend(request)
                try store.finish(request: request.id, at: parts.clock.now())
            }
        } catch {
            requestsRead.mark = nil
            log.error("cannot read requests", metadata: ["error": "\(error)"])
        }
    }

    private func attend(_ request: Request) {
        switch request.kind {
        case .accept: accept(request)
        case .check: checkNow(request.domain)
        case .note: break
        }
    }

    private func accept(_ request: Request) {
        var memory = load(request.domain)
        let outcome = Flow.accept(
            state: memory.state, incident: request.incident, by: request.text ?? "", at: parts.clock.now())
        memory.state = outcome.state
        do {
            try store.commit(
                RoundRecord(
                    domain: request.domain, at: parts.clock.now(), sightings: [], outcome: outcome, keepsState: true))
            remember(memory, of: request.domain)
        } catch {
            log.error("cannot write an acceptance", metadata: ["domain": "\(request.domain)", "error": "\(error)"])
        }
    }
}
