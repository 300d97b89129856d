import Foundation
import LapwingProbes
import RegistrationData

extension RegistrationReport {
    /// The facts in the format of `registration parse`, with the source of each, and every server that was asked.
    static func json(_ report: LookupReport) -> String {
        let registration = report.registration ?? Registration(outcome: .unknown)
        let shown = Shown(
            domain: report.domain,
            outcome: report.registration.map(\.outcome.rawValue) ?? outcome(of: report.failure),
            registered: registration.isRegistered,
            expires: registration.expires.map(Shown.Fact.init), expiry: registration.expiry.rawValue,
            registrarExpires: registration.registrarExpires.map(Shown.Fact.init),
            created: registration.created.map(Shown.Fact.init), updated: registration.updated.map(Shown.Fact.init),
            registrar: registration.registrar.map {
                Shown.Fact(value: $0.value, source: $0.source, confidence: $0.confidence.rawValue)
            },
            registrarID: registration.registrarID, status: registration.statuses?.value ?? [],
            nameservers: registration.nameServers?.value ?? [], secure: registration.delegationSigned?.value,
            ds: registration.delegationSigners, alarms: registration.alarms.map(\.rawValue).sorted(),
            failure: report.failure?.text, retryAfter: report.retryAfter,
            asked: report.attempts.map {
                Shown.Attempt(
                    source: $0.source.rawValue, server: $0.server,
                    outcome: $0.failure?.text ?? $0.registration?.outcome.rawValue ?? "", milliseconds: $0.milliseconds)
            })
        return (try? JSONOutput.text(shown)) ?? "{}"
    }

    private static func outcome(of failure: LookupFailure?) -> String {
        switch failure {
        case .limited: "throttled"
        case .refused: "invalid"
        case .notUnderstood, .noServer, .malformed, .otherDomain: "unknown"
        default: "unavailable"
        }
    }

    private struct Shown: Encodable {
        struct Fact: Encodable {
            var value: String
            var source: FactSource
            var confidence: String

            init(value: String, source: FactSource, confidence: String) {
                self.value = value
                self.source = source
                self.confidence = confidence
            }

            init(_ fact: RegistrationData.Fact<RegistrationMoment>) {
                self.init(value: fact.value.description, source: fact.source, confidence: fact.confidence.rawValue)
            }
        }

        struct Attempt: Encodable {
            var source: String
            var server: String
            var outcome: String
            var milliseconds: Int
        }

        var domain: String
        var outcome: String
        var registered: Bool?
        var expires: Fact?
        var expiry: String
        var registrarExpires: Fact?
        var created: Fact?
        var updated: Fact?
        var registrar: Fact?
        var registrarID: String?
        var status: [String]
        var nameservers: [String]
        var secure: Bool?
        var ds: [String]
        var alarms: [String]
        var failure: String?
        var retryAfter: Int?
        var asked: [Attempt]
    }
}
