import RegistrationData
import Testing

/// An answer in the form of a registry, made up, with what it says.
struct WHOISCase: Sendable, CustomTestStringConvertible {
    var domain: String
    var answer: String
    var outcome = Registration.Outcome.registered
    var expires: String?
    var created: String?
    var nameServers: [String] = []
    var statuses: [String] = []
    var alarms: Set<RegistrationAlarm> = []
    var registrar: String?

    var testDescription: String { domain }
}
