/// The kind of an incident; the text form is part of the public contract.
package enum IncidentClass: String, Sendable, Hashable, Codable, CaseIterable {
    // Security.
    case hijackSuspected = "hijack-suspected"
    case resolverPoisoned = "resolver-poisoned"
    case takeoverRisk = "takeover-risk"
    case policyWeakened = "policy-weakened"
    // DNSSEC.
    case dnssecBroken = "dnssec-broken"
    case dnssecExpiring = "dnssec-expiring"
    case dnssecDowngraded = "dnssec-downgraded"
    // Service.
    case authorityOutage = "authority-outage"
    case delegationBroken = "delegation-broken"
    case recordsLost = "records-lost"
    case zoneStale = "zone-stale"
    case transportFault = "transport-fault"
    case parentFault = "parent-fault"
    // Registration.
    case expiry = "expiry"
    case registryHold = "registry-hold"
    case registrationChange = "registration-change"
    // The monitor, its resolvers and the registries.
    case resolverFault = "resolver-fault"
    case monitorFault = "monitor-fault"
    case registryUnavailable = "registry-unavailable"
    // Several domains together.
    case healthFailing = "health-failing"
    // A weak state that may have lasted for years.
    case posture = "posture"
    // Change.
    case plannedChange = "planned-change"
    case ttlAnomaly = "ttl-anomaly"
    case propagation = "propagation"
    case rotation = "rotation"
    case routine = "routine"

    /// Whether it is about the monitor, a resolver or a registry, and says nothing about the domain.
    package var isOfTheInstrument: Bool {
        switch self {
        case .resolverFault, .monitorFault, .registryUnavailable: true
        default: false
        }
    }
}
