package import DNSWire

/// The subject of an incident: findings of one cause form one incident, however many rules produce them.
package enum Cause: Hashable, Sendable {
    /// NS or glue at the parent, and the consequences at the delegated servers.
    case delegation
    /// The DS at the parent, and the protection that it gives.
    case secureDelegation
    /// The content of the zone, changed by someone other than its owner.
    case content
    /// The content of the zone, changed by its owner.
    case change
    /// Records that differ from their declaration.
    case drift
    /// The source in which records are declared.
    case declaration
    /// Records that are gone.
    case loss
    /// All servers together.
    case servers
    /// Keys and signatures.
    case signatures
    /// The zone is not signed at all, or its signing has no effect.
    case signing
    /// Packets of a certain size or kind that are lost.
    case transport
    /// The parent zone.
    case parent
    /// The term and the status of the registration.
    case registration
    /// The holder of the registration.
    case holder
    /// The look-up of the registration.
    case registry
    /// The machine that Lapwing runs on, and its network.
    case monitor
    /// The wall clock of the machine that Lapwing runs on.
    case clock
    /// The monitor's memory of the domain.
    case memory
    /// The TTLs of the zone's RRsets.
    case ttl
    /// The records of the whole zone that rounds do not query individually.
    case zone
    /// The transfer of the whole zone.
    case transfer
    /// A calculated health: too few of its domains are well.
    case health
    /// Resolvers that serve data which the authoritative servers never served.
    case foreign
    /// A fault that may have existed for years, whichever RRsets have it.
    case posture(FindingCode)
    /// One of the places that look at the domain, by its name.
    case place(String)
    /// One name server of the domain, by its host name.
    case server(Name)
    /// One resolver, by the user's name for it.
    case resolver(String)
    /// A name outside the domain that its records refer to.
    case dependency(Name)
    /// A maintenance window that began at this moment, in whole seconds. If changes were announced word for word, the
    /// first of them is added, since several announcements may begin at one moment.
    case window(Timestamp, of: String? = nil)
}

extension Cause: CustomStringConvertible {
    private static let plain: [String: Cause] = [
        "delegation": .delegation, "ds": .secureDelegation, "content": .content, "change": .change, "loss": .loss,
        "servers": .servers, "signatures": .signatures, "signing": .signing, "transport": .transport, "parent": .parent,
        "registration": .registration, "holder": .holder, "registry": .registry, "monitor": .monitor, "clock": .clock,
        "memory": .memory, "ttl": .ttl, "health": .health, "foreign": .foreign, "zone": .zone,
        "transfer": .transfer, "drift": .drift, "declaration": .declaration,
    ]

    /// The stored and displayed form: one word, or a word and its subject.
    package var description: String {
        switch self {
        case .delegation: "delegation"
        case .secureDelegation: "ds"
        case .content: "content"
        case .change: "change"
        case .drift: "drift"
        case .declaration: "declaration"
        case .loss: "loss"
        case .servers: "servers"
        case .signatures: "signatures"
        case .signing: "signing"
        case .transport: "transport"
        case .parent: "parent"
        case .registration: "registration"
        case .holder: "holder"
        case .registry: "registry"
        case .monitor: "monitor"
        case .clock: "clock"
        case .memory: "memory"
        case .ttl: "ttl"
        case .zone: "zone"
        case .transfer: "transfer"
        case .health: "health"
        case .foreign: "foreign"
        case .posture(let code): "posture \(code)"
        case .server(let host): "server \(host)"
        case .place(let name): "place \(name)"
        case .resolver(let label): "resolver \(label)"
        case .dependency(let name): "dependency \(name)"
        case .window(let begin, let subject): "window \(begin.seconds)" + (subject.map { " \($0)" } ?? "")
        }
    }

    /// Parses ``description``; nil for any other text.
    package init?(_ text: String) {
        if let cause = Self.plain[text] {
            self = cause
            return
        }
        let words = text.split(separator: " ", maxSplits: 1).map(String.init)
        guard words.count == 2 else { return nil }
        switch words[0] {
        case "posture":
            guard let code = FindingCode.all.first(where: { $0.rawValue == words[1] }) else { return nil }
            self = .posture(code)
        case "server":
            guard let host = try? Name(words[1]) else { return nil }
            self = .server(host)
        case "place": self = .place(words[1])
        case "resolver": self = .resolver(words[1])
        case "dependency":
            guard let name = try? Name(words[1]) else { return nil }
            self = .dependency(name)
        case "window":
            let parts = words[1].split(separator: " ", maxSplits: 1).map(String.init)
            guard let seconds = Int64(parts[0]), Timestamp.range.contains(seconds) else { return nil }
            self = .window(Timestamp(seconds: seconds), of: parts.count > 1 ? parts[1] : nil)
        default: return nil
        }
    }
}

extension Cause: Codable {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let cause = Cause(text) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "no cause: \(text.prefix(100))")
        }
        self = cause
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
