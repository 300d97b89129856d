import DNSWire
import LapwingCore
import RegistrationData

/// Looks up the registration in a world: over RDAP, and over WHOIS if that has no result.
struct SimulatedRegistry {
    let world: World

    func look(at second: Int) -> RegistryView {
        let rdap = rdapView(at: second)
        if rdap.outcome == .registered { return rdap }
        let whois = whoisView(at: second)
        return whois.outcome == .registered ? whois : rdap
    }

    private func rdapView(at second: Int) -> RegistryView {
        let now = world.wallClock(at: second)
        switch world.rdap(world.domain, at: second) {
        case .timeout, .text:
            return failure("no answer", at: now)
        case .http(404, _, _):
            // The word of the server that the registry names.
            return RegistryView(outcome: .available, at: now)
        case .http(let status, let retryAfter, let body):
            if let document = try? RDAPDocument(Array(body.utf8)), status == 200 {
                return RegistryView(document.registration, channel: .rdap, at: now)
            }
            var view = failure("HTTP \(status)", at: now)
            if status == 429 { view.outcome = .throttled }
            if status == 200 { view.detail = "an answer that cannot be read" }
            if let retryAfter { view.detail = "HTTP \(status), retry after \(retryAfter) s" }
            return view
        }
    }

    private func whoisView(at second: Int) -> RegistryView {
        let now = world.wallClock(at: second)
        guard case .text(let text) = world.whois(at: second) else { return failure("no answer", at: now) }
        let domain = String(world.domain.folded.description.dropLast())
        return RegistryView(WHOISText(text, domain: domain).registration, channel: .whois, at: now)
    }

    private func failure(_ detail: String, at now: Timestamp) -> RegistryView {
        var view = RegistryView(outcome: .unavailable, at: now)
        view.detail = detail
        return view
    }
}
