/// The stable name of a kind of finding; each has a page in `docs/findings/`.
package struct FindingCode: RawRepresentable, Hashable, Sendable, Codable, CustomStringConvertible {
    /// A family and a word, such as `dnssec.expired`; it never changes, since configurations and programs rely on it.
    package var rawValue: String

    package init(rawValue: String) {
        self.rawValue = rawValue
    }

    private init(_ text: String) {
        rawValue = text
    }

    /// The same as ``rawValue``.
    package var description: String { rawValue }

    // The monitor, its resolvers and the registries.
    /// The monitor has no network.
    package static let monitorOffline = FindingCode("monitor.offline")
    /// DNS on the monitor's network is intercepted.
    package static let monitorIntercepted = FindingCode("monitor.intercepted")
    /// The path from the monitor to the name servers is interrupted.
    package static let monitorPath = FindingCode("monitor.path")
    /// The path from one place to the name servers is cut.
    package static let placePath = FindingCode("place.path")
    /// The monitor's clock is wrong.
    package static let monitorClock = FindingCode("monitor.clock")
    /// The memory of the domain was lost.
    package static let monitorMemory = FindingCode("monitor.memory")
    /// A resolver fails.
    package static let resolverFailing = FindingCode("resolver.failing")
    /// No resolver answers the monitor.
    package static let resolversSilent = FindingCode("resolvers.silent")
    /// A resolver gives answers for names that do not exist.
    package static let resolverRewrites = FindingCode("resolver.rewrites")
    /// Registration data cannot be fetched.
    package static let registryUnavailable = FindingCode("registry.unavailable")
    // Records.
    /// A declared change did not happen.
    package static let changeMissing = FindingCode("change.missing")
    /// An announced change is at all servers that count, exactly as announced.
    package static let changeConfirmed = FindingCode("change.confirmed")
    /// A record or fact has a value that is neither the one before nor the announced one.
    package static let changeDifferent = FindingCode("change.different")
    /// A record changed.
    package static let recordChanged = FindingCode("record.changed")
    /// A sensitive record was replaced.
    package static let recordHijacked = FindingCode("record.hijacked")
    /// A record is gone.
    package static let recordLost = FindingCode("record.lost")
    /// Servers fail for one RRset.
    package static let recordFailing = FindingCode("record.failing")
    /// The answers for a name keep changing.
    package static let recordFlux = FindingCode("record.flux")
    /// A record does not meet the expectation in the configuration.
    package static let recordUnexpected = FindingCode("record.unexpected")
    /// Records differ from the source that declares them.
    package static let driftRecords = FindingCode("drift.records")
    /// A TTL differs from the source that declares it.
    package static let driftTTL = FindingCode("drift.ttl")
    /// A resolver serves other data than is declared and served.
    package static let driftResolver = FindingCode("drift.resolver")
    /// The source of declared records cannot be read.
    package static let driftSource = FindingCode("drift.source")
    /// A policy was loosened.
    package static let policyWeakened = FindingCode("policy.weakened")
    /// A TTL is low.
    package static let ttlLow = FindingCode("ttl.low")
    /// A TTL was cut.
    package static let ttlCut = FindingCode("ttl.cut")
    /// TTLs differ within a set.
    package static let ttlUneven = FindingCode("ttl.uneven")
    // Resolvers.
    /// A resolver disagrees with the servers.
    package static let resolverDivergent = FindingCode("resolver.divergent")
    /// A resolver holds forged data.
    package static let resolverPoisoned = FindingCode("resolver.poisoned")
    /// A resolver holds on to old data.
    package static let resolverStale = FindingCode("resolver.stale")
    /// The path to the servers is hijacked.
    package static let pathHijacked = FindingCode("path.hijacked")
    /// One place receives data that the servers never gave elsewhere.
    package static let placeForeign = FindingCode("place.foreign")
    /// Users cannot resolve the domain.
    package static let resolutionFailing = FindingCode("resolution.failing")
    // Delegation and servers.
    /// The delegation changed.
    package static let delegationChanged = FindingCode("delegation.changed")
    /// The delegation was taken over.
    package static let delegationHijacked = FindingCode("delegation.hijacked")
    /// The delegation is gone.
    package static let delegationMissing = FindingCode("delegation.missing")
    /// Parent and zone name different servers.
    package static let delegationMismatch = FindingCode("delegation.mismatch")
    /// A delegated server does not serve the zone.
    package static let delegationLame = FindingCode("delegation.lame")
    /// Glue differs from the zone.
    package static let delegationGlue = FindingCode("delegation.glue")
    /// There is one server only.
    package static let delegationSingle = FindingCode("delegation.single")
    /// The parent zone is at fault.
    package static let parentFailing = FindingCode("parent.failing")
    /// A server does not answer.
    package static let serverSilent = FindingCode("server.silent")
    /// No server answers.
    package static let serversSilent = FindingCode("servers.silent")
    /// All servers refuse the zone.
    package static let serversRefuse = FindingCode("servers.refuse")
    /// One server denies what others serve.
    package static let serverDenies = FindingCode("server.denies")
    /// One server gives other data.
    package static let serverDisagrees = FindingCode("server.disagrees")
    /// A server is behind.
    package static let zoneStale = FindingCode("zone.stale")
    /// Records of the whole zone changed.
    package static let zoneChanged = FindingCode("zone.changed")
    /// The whole zone cannot be fetched.
    package static let zoneUnavailable = FindingCode("zone.unavailable")
    /// Servers give the whole zone to anyone.
    package static let zoneOpen = FindingCode("zone.open")
    /// A serial went backwards.
    package static let serialBackwards = FindingCode("serial.backwards")
    /// An answer from one server does not get through.
    package static let transportTCP = FindingCode("transport.tcp")
    /// A server has trouble with EDNS.
    package static let transportEDNS = FindingCode("transport.edns")
    /// A private or special-purpose address is published.
    package static let addressPrivate = FindingCode("address.private")
    /// An answer is too large to be fetched.
    package static let transportSize = FindingCode("transport.size")
    // Dependencies.
    /// A name that the domain relies on is free.
    package static let dependencyFree = FindingCode("dependency.free")
    /// A name that the domain relies on is gone.
    package static let dependencyMissing = FindingCode("dependency.missing")
    /// A name that the domain relies on was taken over.
    package static let dependencyTaken = FindingCode("dependency.taken")
    /// The target of an alias does not exist.
    package static let aliasDangling = FindingCode("alias.dangling")
    /// The servers behind an alias fail.
    package static let aliasFailing = FindingCode("alias.failing")
    /// An alias target was taken over.
    package static let aliasTaken = FindingCode("alias.taken")
    // DNSSEC.
    /// DNSSEC is broken.
    package static let dnssecBroken = FindingCode("dnssec.broken")
    /// Signatures have expired.
    package static let dnssecExpired = FindingCode("dnssec.expired")
    /// Signatures are about to expire.
    package static let dnssecExpiring = FindingCode("dnssec.expiring")
    /// The domain is no longer protected.
    package static let dnssecDowngraded = FindingCode("dnssec.downgraded")
    /// Denials prove nothing, or deny too much.
    package static let dnssecDenial = FindingCode("dnssec.denial")
    /// The domain asks its parent for the wrong DS.
    package static let dnssecSignals = FindingCode("dnssec.signals")
    /// NSEC3 iterations are used.
    package static let dnssecIterations = FindingCode("dnssec.iterations")
    /// Weak algorithms or keys.
    package static let dnssecAlgorithm = FindingCode("dnssec.algorithm")
    /// DNSSEC costs too much to check.
    package static let dnssecCostly = FindingCode("dnssec.costly")
    /// The domain is not signed, although it must be.
    package static let dnssecUnsigned = FindingCode("dnssec.unsigned")
    /// A part of the signing refers to nothing.
    package static let dnssecIncomplete = FindingCode("dnssec.incomplete")
    /// The zone is signed without a DS.
    package static let dnssecIsland = FindingCode("dnssec.island")
    // Registration.
    /// The registration ends.
    package static let registrationExpiring = FindingCode("registration.expiring")
    /// The domain was parked.
    package static let registrationParked = FindingCode("registration.parked")
    /// The domain is on hold or being deleted.
    package static let registrationHold = FindingCode("registration.hold")
    /// The domain has another registrar, or was registered anew.
    package static let registrationChanged = FindingCode("registration.changed")
    /// The transfer lock is missing.
    package static let registrationUnlocked = FindingCode("registration.unlocked")
    /// The registry publishes no expiry date.
    package static let registrationUndated = FindingCode("registration.undated")
    /// The registry's copy of the delegation differs from what the parent zone serves.
    package static let registryDiffers = FindingCode("registry.differs")
    /// The registration of a domain that this one relies on ends, or is on hold.
    package static let dependencyExpiring = FindingCode("dependency.expiring")
    // Several domains.
    /// Too few members of a calculated health are well.
    package static let healthFailing = FindingCode("health.failing")

    /// Every code, grouped as above; each has a page and is in a rule's table.
    package static let all: [FindingCode] = [
        monitorOffline, monitorIntercepted, monitorPath, placePath, monitorClock, monitorMemory, resolverFailing,
        resolversSilent, resolverRewrites,
        registryUnavailable, changeMissing, changeConfirmed, changeDifferent, recordChanged,
        recordHijacked,
        recordLost, recordFailing, recordFlux, recordUnexpected, driftRecords, driftTTL, driftResolver, driftSource,
        policyWeakened, ttlLow, ttlCut, ttlUneven,
        resolverDivergent,
        resolverPoisoned, resolverStale, pathHijacked, placeForeign, resolutionFailing, delegationChanged,
        delegationHijacked,
        delegationMissing,
        delegationMismatch, delegationLame, delegationGlue, delegationSingle, parentFailing, serverSilent,
        serversSilent,
        serversRefuse, serverDenies, serverDisagrees, zoneStale, zoneChanged, zoneUnavailable,
        zoneOpen, serialBackwards, transportTCP, transportSize,
        transportEDNS, addressPrivate,
        dependencyFree, dependencyMissing, dependencyTaken, aliasDangling, aliasFailing, aliasTaken,
        dnssecBroken, dnssecExpired, dnssecExpiring, dnssecDowngraded,
        dnssecDenial, dnssecSignals, dnssecIterations, dnssecAlgorithm, dnssecCostly, dnssecUnsigned,
        dnssecIncomplete, dnssecIsland,
        registrationExpiring,
        registrationParked, registrationHold, registrationChanged, registrationUnlocked, registrationUndated,
        registryDiffers,
        dependencyExpiring, healthFailing,
    ]
}
