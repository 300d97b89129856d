import DNSWire
import LapwingCore
import LapwingEngine
import LapwingStore

/// A deliverer with a store and a clock that the test moves, and one domain to which something happens.
protocol DeliveryStage {
    var clock: HandClock { get }
    var store: Store { get }
    var deliverer: Deliverer { get }
    var domain: Name { get }

    /// Lets everything go on that the test holds up.
    func letGo()
}

extension DeliveryStage {
    func letGo() {}

    /// Something happens to an incident of the domain.
    func happens(_ kind: IncidentEvent.Kind, to number: Int = 1, step: Int, of domain: Name? = nil) throws {
        let domain = domain ?? self.domain
        var outcome = RoundOutcome(state: WatchState())
        outcome.events = [
            IncidentEvent(
                id: "\(domain)-\(number).\(step)", incident: "\(domain)-\(number)", kind: kind, code: .recordLost,
                incidentClass: .recordsLost, severity: .critical, page: true, domain: domain, subject: nil,
                title: "t", text: "t", changes: [], since: clock.now, at: clock.now)
        ]
        try store.commit(
            RoundRecord(domain: domain, at: clock.now, sightings: [], outcome: outcome, keepsState: true))
    }

    /// Lets the deliverer work while `work` lasts.
    func run(_ work: () async throws -> Void) async throws {
        let running = Task { [deliverer] in try await deliverer.run() }
        var failure: (any Error)?
        do { try await work() } catch { failure = error }
        running.cancel()
        letGo()
        _ = try? await running.value
        if let failure { throw failure }
    }

    func notices() throws -> [OutboxEntry] { try store.notices(of: "\(domain)-1") }
}
