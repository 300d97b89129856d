import DNSWire
import LapwingCore

/// Makes a check-up of what is not so: one of today, and one in which the supposition answers for the zone above.
struct DryRun: Sendable {
    let request: SuppositionRequest
    private(set) var today: CheckUp
    /// Another check-up with the supposition in it.
    let then: @Sendable (Supposition) throws -> CheckUp

    init(request: SuppositionRequest, today: CheckUp, then: @escaping @Sendable (Supposition) throws -> CheckUp) {
        self.request = request
        self.today = today
        // Neither a move nor a key is the registration's business.
        self.today.lookUp = { _ in nil }
        self.then = then
    }

    func report() async throws -> CheckReport {
        let before = await today.look(at: request.domain, isZone: true)
        let verifier = today.parts.verifier
        var supposed = try then(request.supposition(today: before.round?.snapshot, verifier: verifier))
        supposed.names = today.names
        let after = await supposed.look(at: request.domain, isZone: true)
        await supposed.parts.shutdown()
        return CheckReport(today: before, then: after, supposing: request, by: verifier)
    }
}
