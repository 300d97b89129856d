import DNSWire

/// Zones, hosts and lists of servers that many domains have in common, so that they are in memory once: the domains of a
/// hoster have the same servers, and there may be a million of them.
package struct CommonHosts: Sendable {
    /// The largest number of entries of each kind; further ones stay with their domains.
    private static let most = 20_000

    private var names: Set<Name> = []
    private var lists: Set<[Name]> = []
    private var servers: Set<[RoundPrint.Authority]> = []

    package init() {}

    mutating func share(_ name: inout Name) { Self.share(&name, in: &names) }

    mutating func share(_ list: inout [Name]) { Self.share(&list, in: &lists) }

    mutating func share(_ list: inout [RoundPrint.Authority]) { Self.share(&list, in: &servers) }

    private static func share<Value: Hashable>(_ value: inout Value, in known: inout Set<Value>) {
        if let place = known.firstIndex(of: value) {
            value = known[place]
        } else if known.count < most {
            known.insert(value)
        }
    }
}
