package import LapwingCore
package import RegistrationData

/// What came of asking for a registration: the facts, and each server that was asked.
package struct LookupReport: Sendable, Hashable {
    /// The registrable name that was asked for, lower case without final dot.
    package var domain: String
    /// The servers that were asked, in their order.
    package var attempts: [Attempt] = []
    /// All facts together; nil when no server said anything of the domain.
    package var registration: Registration?

    /// One server asked.
    package struct Attempt: Sendable, Hashable {
        /// Which kind of server it was.
        package var source: FactSource
        /// The address asked, or host and port.
        package var server: String
        /// What it said; nil when it failed.
        package var registration: Registration?
        /// Why it gave no facts; nil when it gave some.
        package var failure: LookupFailure?
        /// How long it took, in milliseconds.
        package var milliseconds: Int
    }

    package init(domain: String) {
        self.domain = domain
    }

    /// The failure that counts: the registry's own rather than a helper's.
    package var failure: LookupFailure? {
        registration == nil ? attempts.compactMap(\.failure).first ?? .noServer : nil
    }

    /// Seconds the server wants to be left alone.
    package var retryAfter: Int? {
        for case .limited(let wait)? in attempts.map(\.failure) { return wait ?? 3600 }
        return nil
    }
}

extension LookupReport {
    /// The report as the flow takes it.
    package func view(at moment: Timestamp) -> RegistryView {
        guard let registration, registration.isRegistered != nil else {
            var view = RegistryView(outcome: outcomeOfFailure, at: moment)
            view.server = attempts.first?.server
            view.detail = failure?.text
            view.wait = retryAfter.map(Int64.init)
            return view
        }
        let answering = attempts.first { $0.registration != nil }
        let channel: RegistryView.Channel =
            answering?.source == .registryWHOIS || answering?.source == .registrarWHOIS ? .whois : .rdap
        var view = RegistryView(registration, channel: channel, server: answering?.server, at: moment)
        view.outcome = registration.isRegistered == true ? .registered : .available
        return view
    }

    private var outcomeOfFailure: RegistryView.Outcome {
        switch failure {
        case .limited: .throttled
        case .notUnderstood, .noServer, .malformed, .otherDomain: .unknown
        default: .unavailable
        }
    }
}
