import DNSWire
import LapwingCore

/// The world between two steps of the timeline.
final class WorldState: Sendable {
    /// The second at which it begins.
    let from: Int
    let keys: [String: KeySpecification]
    /// In the order of the file.
    let servers: [ServerState]
    let zones: [String: Zone]
    let parent: ParentState
    let resolvers: [ResolverState]
    let registry: RegistryState
    let elsewhere: [Name: ForeignName]
    let unregistered: Set<Name>
    /// What registries say of domains outside; of others they say nothing.
    let terms: [Name: DependencyView.Registration]
    /// By actor, in the order of their start.
    let conditions: [String: [Condition]]
    /// No packets reach or leave the monitor.
    let isOffline: Bool
    let isIntercepted: Bool

    init(
        from second: Int, keys: [String: KeySpecification], servers: [ServerState], zones: [String: Zone],
        parent: ParentState, resolvers: [ResolverState], registry: RegistryState, elsewhere: [Name: ForeignName],
        unregistered: Set<Name>, terms: [Name: DependencyView.Registration] = [:],
        conditions: [String: [Condition]] = [:]
    ) {
        from = second
        self.keys = keys
        self.servers = servers
        self.zones = zones
        self.parent = parent
        self.resolvers = resolvers
        self.registry = registry
        self.elsewhere = elsewhere
        self.unregistered = unregistered
        self.terms = terms
        self.conditions = conditions
        isOffline =
            conditions["monitor"]?.contains { if case .offline = $0.effect { true } else { false } } ?? false
        isIntercepted =
            conditions["monitor"]?.contains { if case .intercept = $0.effect { true } else { false } } ?? false
    }

    /// Returns the same state with other conditions.
    func under(_ conditions: [String: [Condition]]) -> WorldState {
        WorldState(
            from: from, keys: keys, servers: servers, zones: zones, parent: parent, resolvers: resolvers,
            registry: registry, elsewhere: elsewhere, unregistered: unregistered, terms: terms, conditions: conditions)
    }

    /// Returns the server with a host name.
    func server(host: Name) -> ServerState? { servers.first { $0.host == host } }

    func server(_ label: String) -> ServerState? { servers.first { $0.label == label } }

    func resolver(_ label: String) -> ResolverState? { resolvers.first { $0.label == label } }
}

/// A key pair by its label, from which the pair is derived.
struct KeySpecification: Sendable, Hashable {
    /// 257 for a key-signing key, 256 for a zone-signing key (RFC 4034 §2.1.1).
    var flags: UInt16
    var algorithm: UInt8
}

/// A machine that answers authoritatively.
struct ServerState: Sendable {
    var label: String
    var host: Name
    var addresses: [IPAddress]
    /// The label of the zone that it serves; nil for a server that answers REFUSED.
    var serves: String?
    /// To whom it gives the whole zone.
    var givesZone: Audience

    enum Audience: String, CaseIterable, Sendable {
        case nobody, monitor, anybody
    }
}

/// The delegation of the watched domain.
struct ParentState: Sendable {
    enum State: String, CaseIterable, Sendable {
        case ok, absent, servfail, timeout
    }

    var zone: Name
    var state: State
    var nameServers: [Name]
    var nameServerTTL: UInt32
    var glue: [Name: [IPAddress]]
    /// Labels of the keys with DS records.
    var secureKeys: [String]
    var secureTTL: UInt32
    /// The parent zone's own signatures are invalid.
    var bogus: Bool
    /// How the parent denies.
    var denial: ZoneSigning.Denial
}

/// A recursive resolver with the caches behind its address.
struct ResolverState: Sendable {
    var label: String
    var address: IPAddress
    var region: String
    var validates: Bool
    var caches: Int
    /// Seconds.
    var longestTTL: Int
    /// Seconds.
    var shortestTTL: Int
    /// Seconds for which an expired entry may be served if no fresh data is available.
    var serveStale: Int
    var usesDenialsAggressively: Bool
    /// Whether algorithms 5 and 7 count as supported.
    var supportsSHA1: Bool
    /// The NSEC3 iterations above which a denial counts as insecure and as bogus, respectively.
    var insecureOver: Int
    var bogusOver: Int
}

/// The data of the registry, and whether it can be asked.
struct RegistryState: Sendable {
    enum Access: Sendable, Hashable {
        case ok, timeout, malformed, notFound, otherFormat
        case status(Int, retryAfter: Int?)
    }

    var registrar: String
    var registrarID: Int
    /// In RDAP's spelling.
    var statuses: [String]
    var created: Timestamp
    var updated: Timestamp
    /// Nil if the registry publishes no end.
    var expires: Timestamp?
    /// Nil if it equals the delegation.
    var nameServers: [Name]?
    /// Nil if it equals the delegation.
    var secure: Bool?
    var rdap: Access
    var whois: Access
}

/// The properties of a name outside the watched domain.
enum ForeignName: Sendable {
    case code(ResponseCode)
    case sets([RecordType: RecordSet])
}
