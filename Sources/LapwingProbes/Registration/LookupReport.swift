package import LapwingCore
package import RegistrationData

/// The result of a registration look-up: the facts, and each server that was asked.
package struct LookupReport: Sendable, Hashable {
    /// The registrable name, in lower case and without a trailing dot.
    package var domain: String
    /// The servers that were asked, in order.
    package var attempts: [Attempt] = []
    /// All facts combined; nil if no server returned any.
    package var registration: Registration?

    /// A query to one server.
    package struct Attempt: Sendable, Hashable {
        /// The kind of server.
        package var source: FactSource
        /// The URL, or host and port.
        package var server: String
        /// Its result; nil if it failed.
        package var registration: Registration?
        /// The reason for a missing result; nil if there is one.
        package var failure: LookupFailure?
        /// The duration in milliseconds.
        package var milliseconds: Int
    }

    package init(domain: String) {
        self.domain = domain
    }

    /// The decisive failure: that of the registry rather than of an auxiliary server; nil if there is a registration.
    package var failure: LookupFailure? {
        registration == nil ? attempts.compactMap(\.failure).first ?? .noServer : nil
    }

    /// Seconds for which the server wants no further queries; nil if none asked for that.
    package var retryAfter: Int? {
        for case .limited(let wait)? in attempts.map(\.failure) { return wait ?? 3600 }
        return nil
    }
}

extension LookupReport {
    /// Converts the report for the flow.
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
