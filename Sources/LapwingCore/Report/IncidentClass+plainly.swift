extension IncidentClass {
    /// What it means, for people who run no name servers: one sentence that names nobody.
    package var plainly: String {
        switch self {
        case .hijackSuspected: "Records or the delegation were replaced, and nobody had announced it."
        case .resolverPoisoned: "A resolver gave false answers."
        case .takeoverRisk: "A name on which the domain relies could be taken over by others."
        case .policyWeakened: "A policy that protects the domain was loosened."
        case .dnssecBroken: "Signatures (DNSSEC) did not hold: part of all visitors could not reach the domain."
        case .dnssecExpiring: "Signatures (DNSSEC) were about to run out."
        case .dnssecDowngraded: "The domain was no longer protected by DNSSEC."
        case .authorityOutage: "Name servers of the domain did not answer."
        case .delegationBroken: "The registry's entry did not lead to working name servers."
        case .recordsLost: "Records of the domain were missing."
        case .zoneStale: "A name server gave old data."
        case .transportFault: "Answers did not get through to everybody."
        case .parentFault: "The zone above the domain had a fault."
        case .expiry: "The registration was about to end."
        case .registryHold: "The registry had put the domain on hold."
        case .registrationChange: "The registration was changed."
        case .resolverFault: "A resolver that is used for comparison had a fault."
        case .monitorFault: "The monitor itself had a fault."
        case .registryUnavailable: "The registry gave no information."
        case .healthFailing: "Too few of several domains were well."
        case .posture: "A weakness of long standing."
        case .plannedChange: "An announced change."
        case .ttlAnomaly: "The times for which answers are kept were changed."
        case .propagation: "Not everybody had the new records yet."
        case .rotation, .routine: "Records of the domain were changed."
        }
    }
}
