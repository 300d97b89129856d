import DNSWire
import LapwingCore

/// Runs a check-up of a supposed state: one check-up of the present state, and one in which the supposition replaces
/// the answers of the parent zone.
struct DryRun: Sendable {
    let request: SuppositionRequest
    private(set) var today: CheckUp
    /// Makes a check-up with a supposition.
    let then: @Sendable (Supposition) throws -> CheckUp

    init(request: SuppositionRequest, today: CheckUp, then: @escaping @Sendable (Supposition) throws -> CheckUp) {
        self.request = request
        self.today = today
        // Neither a move nor a key concerns the registration.
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
