/// The stable name of a kind of finding; each has a page in `docs/findings/`.
package struct FindingCode: RawRepresentable, Hashable, Sendable, Codable, CustomStringConvertible {
    package var rawValue: String

    package init(rawValue: String) {
        self.rawValue = rawValue
    }

    private init(_ text: String) {
        rawValue = text
    }

    package var description: String { rawValue }

    // The instrument.
    package static let monitorOffline = FindingCode("monitor.offline")
    package static let monitorIntercepted = FindingCode("monitor.intercepted")
    package static let monitorPath = FindingCode("monitor.path")
    package static let monitorClock = FindingCode("monitor.clock")
    package static let monitorMemory = FindingCode("monitor.memory")
    package static let resolverFailing = FindingCode("resolver.failing")
    package static let resolversSilent = FindingCode("resolvers.silent")
    package static let resolverRewrites = FindingCode("resolver.rewrites")
    package static let registryUnavailable = FindingCode("registry.unavailable")
    // Records.
    package static let changeMissing = FindingCode("change.missing")
    package static let recordChanged = FindingCode("record.changed")
    package static let recordHijacked = FindingCode("record.hijacked")
    package static let recordLost = FindingCode("record.lost")
    package static let recordFailing = FindingCode("record.failing")
    package static let recordFlux = FindingCode("record.flux")
    package static let recordUnexpected = FindingCode("record.unexpected")
    package static let policyWeakened = FindingCode("policy.weakened")
    package static let ttlLow = FindingCode("ttl.low")
    package static let ttlCut = FindingCode("ttl.cut")
    package static let ttlUneven = FindingCode("ttl.uneven")
    // Resolvers.
    package static let resolverDivergent = FindingCode("resolver.divergent")
    package static let resolverPoisoned = FindingCode("resolver.poisoned")
    package static let resolverStale = FindingCode("resolver.stale")
    package static let pathHijacked = FindingCode("path.hijacked")
    package static let usersFail = FindingCode("resolution.failing")
    // Delegation and servers.
    package static let delegationChanged = FindingCode("delegation.changed")
    package static let delegationHijacked = FindingCode("delegation.hijacked")
    package static let delegationMissing = FindingCode("delegation.missing")
    package static let delegationMismatch = FindingCode("delegation.mismatch")
    package static let delegationLame = FindingCode("delegation.lame")
    package static let delegationGlue = FindingCode("delegation.glue")
    package static let delegationSingle = FindingCode("delegation.single")
    package static let parentFailing = FindingCode("parent.failing")
    package static let serverSilent = FindingCode("server.silent")
    package static let serversSilent = FindingCode("servers.silent")
    package static let serversRefuse = FindingCode("servers.refuse")
    package static let serverDenies = FindingCode("server.denies")
    package static let serverDisagrees = FindingCode("server.disagrees")
    package static let zoneStale = FindingCode("zone.stale")
    package static let serialBackwards = FindingCode("serial.backwards")
    package static let transportTCP = FindingCode("transport.tcp")
    package static let transportEDNS = FindingCode("transport.edns")
    package static let addressPrivate = FindingCode("address.private")
    package static let transportSize = FindingCode("transport.size")
    // Dependencies.
    package static let dependencyFree = FindingCode("dependency.free")
    package static let dependencyMissing = FindingCode("dependency.missing")
    package static let dependencyTaken = FindingCode("dependency.taken")
    package static let aliasDangling = FindingCode("alias.dangling")
    package static let aliasFailing = FindingCode("alias.failing")
    package static let aliasTaken = FindingCode("alias.taken")
    // DNSSEC.
    package static let dnssecBroken = FindingCode("dnssec.broken")
    package static let dnssecExpired = FindingCode("dnssec.expired")
    package static let dnssecExpiring = FindingCode("dnssec.expiring")
    package static let dnssecDowngraded = FindingCode("dnssec.downgraded")
    package static let dnssecDenial = FindingCode("dnssec.denial")
    package static let dnssecSignals = FindingCode("dnssec.signals")
    package static let dnssecIterations = FindingCode("dnssec.iterations")
    package static let dnssecAlgorithm = FindingCode("dnssec.algorithm")
    package static let dnssecCostly = FindingCode("dnssec.costly")
    package static let dnssecUnsigned = FindingCode("dnssec.unsigned")
    package static let dnssecIncomplete = FindingCode("dnssec.incomplete")
    package static let dnssecIsland = FindingCode("dnssec.island")
    // Registration.
    package static let registrationExpiring = FindingCode("registration.expiring")
    package static let registrationParked = FindingCode("registration.parked")
    package static let registrationHold = FindingCode("registration.hold")
    package static let registrationChanged = FindingCode("registration.changed")
    package static let registrationUnlocked = FindingCode("registration.unlocked")
    package static let registrationUndated = FindingCode("registration.undated")

    package static let all: [FindingCode] = [
        monitorOffline, monitorIntercepted, monitorPath, monitorClock, monitorMemory, resolverFailing,
        resolversSilent, resolverRewrites,
        registryUnavailable, changeMissing, recordChanged,
        recordHijacked,
        recordLost, recordFailing, recordFlux, recordUnexpected, policyWeakened, ttlLow, ttlCut, ttlUneven,
        resolverDivergent,
        resolverPoisoned, resolverStale, pathHijacked, usersFail, delegationChanged, delegationHijacked,
        delegationMissing,
        delegationMismatch, delegationLame, delegationGlue, delegationSingle, parentFailing, serverSilent,
        serversSilent,
        serversRefuse, serverDenies, serverDisagrees, zoneStale, serialBackwards, transportTCP, transportSize,
        transportEDNS, addressPrivate,
        dependencyFree, dependencyMissing, dependencyTaken, aliasDangling, aliasFailing, aliasTaken,
        dnssecBroken, dnssecExpired, dnssecExpiring, dnssecDowngraded,
        dnssecDenial, dnssecSignals, dnssecIterations, dnssecAlgorithm, dnssecCostly, dnssecUnsigned,
        dnssecIncomplete, dnssecIsland,
        registrationExpiring,
        registrationParked, registrationHold, registrationChanged, registrationUnlocked, registrationUndated,
    ]
}
