import DNSWire

/// What an incident is about: findings of one cause are one incident, however many rules see it.
package struct Cause: RawRepresentable, Hashable, Sendable, Codable, CustomStringConvertible {
    /// The kind, and where it has one a blank and its object: `server ns1.example.net.`; kept in the store.
    package var rawValue: String

    package init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// As ``rawValue``.
    package var description: String { rawValue }

    /// NS or glue at the parent, and what the delegated servers make of it.
    package static let delegation = Cause(rawValue: "delegation")
    /// The DS at the parent, and the protection that it gives.
    package static let secureDelegation = Cause(rawValue: "ds")
    /// The content of the zone, changed by someone other than its owner.
    package static let content = Cause(rawValue: "content")
    /// The content of the zone, changed by its owner.
    package static let change = Cause(rawValue: "change")
    /// Records that are gone.
    package static let loss = Cause(rawValue: "loss")
    /// All servers together.
    package static let servers = Cause(rawValue: "servers")
    /// Keys and signatures.
    package static let signatures = Cause(rawValue: "signatures")
    /// That the zone is not signed at all, or without effect.
    package static let signing = Cause(rawValue: "signing")
    /// Packets of a size or kind that do not get through.
    package static let transport = Cause(rawValue: "transport")
    /// The zone above.
    package static let parent = Cause(rawValue: "parent")
    /// Term and standing of the registration.
    package static let registration = Cause(rawValue: "registration")
    /// Who holds the registration.
    package static let holder = Cause(rawValue: "holder")
    /// The look-up of the registration.
    package static let registry = Cause(rawValue: "registry")
    /// The machine that Lapwing runs on, and its network.
    package static let monitor = Cause(rawValue: "monitor")
    /// The wall clock of the machine that Lapwing runs on.
    package static let clock = Cause(rawValue: "clock")
    /// What the monitor had learnt.
    package static let memory = Cause(rawValue: "memory")
    /// The times to live of the zone's RRsets.
    package static let ttl = Cause(rawValue: "ttl")
    /// Resolvers that give what the authority never gave.
    package static let foreign = Cause(rawValue: "foreign")

    /// A fault that may have lasted for years, whichever RRsets have it.
    package static func posture(_ code: FindingCode) -> Cause { Cause(rawValue: "posture \(code)") }
    /// One name server, by its host name.
    package static func server(_ name: String) -> Cause { Cause(rawValue: "server \(name)") }
    /// One resolver, by the user's name for it.
    package static func resolver(_ label: String) -> Cause { Cause(rawValue: "resolver \(label)") }
    /// A name outside the domain that its records lead to.
    package static func dependency(_ name: String) -> Cause { Cause(rawValue: "dependency \(name)") }

    /// The name outside the domain that it is about, if it is about one.
    var dependency: Name? { object(of: "dependency").flatMap { (try? Name($0))?.folded } }

    /// The name server that it is about, if it is about one.
    var server: Name? { object(of: "server").flatMap { try? Name($0) } }

    /// The label of the resolver that it is about, if it is about one.
    var resolver: String? { object(of: "resolver") }

    private func object(of kind: String) -> String? {
        let words = rawValue.split(separator: " ", maxSplits: 1)
        return words.count == 2 && words[0] == kind ? String(words[1]) : nil
    }
}
