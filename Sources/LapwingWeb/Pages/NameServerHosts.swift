package import DNSWire

/// The operators of a domain's name servers, as far as their names reveal them.
package enum NameServerHosts {
    /// The largest number of hosts that are named; further ones are counted.
    private static let mostNamed = 2

    /// An operator of name servers.
    package struct Operator: Hashable, Sendable {
        /// The domains of its hosts, sorted.
        package var zones: [Name]
        /// The common stem of the domains' first labels.
        fileprivate var stem: [UInt8]

        /// Its domain or, since some operators spread their names over numbered domains (awsdns-01.org,
        /// awsdns-22.co.uk), their common stem.
        package var name: String {
            zones.count > 1 ? String(decoding: stem, as: UTF8.self) : Shown.name(zones[0])
        }
    }

    /// Returns the operators of name servers, in the order of their domains.
    package static func operators(of servers: [Name], isSuffix: (Name) -> Bool) -> [Operator] {
        var operators: [Operator] = []
        for zone in Set(servers.map { Self.zone(of: $0, isSuffix) }).sorted() {
            let stem = stem(zone)
            if let place = operators.firstIndex(where: { $0.stem == stem }) {
                operators[place].zones.append(zone)
            } else {
                operators.append(Operator(zones: [zone], stem: stem))
            }
        }
        return operators
    }

    /// Returns the domains of the name servers in a few words: `cloudflare.com`, `one.example, two.example and 1 more`,
    /// or a statement that they are in the domain itself. Nil if no server is known.
    ///
    /// - Parameter isSuffix: whether the public registers names directly below this one.
    package static func text(
        of servers: [Name], domain: Name, isSuffix: (Name) -> Bool
    ) -> String? {
        let operators = operators(of: servers, isSuffix: isSuffix)
        guard !operators.isEmpty else { return nil }
        let words = operators.map { one in
            one.zones.count == 1 && domain.isSubdomain(of: one.zones[0]) ? "own name servers" : one.name
        }
        let named = words.prefix(mostNamed).joined(separator: ", ")
        return words.count > mostNamed ? "\(named) and \(words.count - mostNamed) more" : named
    }

    /// The registered domain that contains the host.
    private static func zone(of host: Name, _ isSuffix: (Name) -> Bool) -> Name {
        var zone = host
        while let above = zone.parent, above.labelCount > 1, !isSuffix(above) { zone = above }
        return zone
    }

    /// The common stem of an operator's domains: the first label without trailing digits.
    private static func stem(_ zone: Name) -> [UInt8] {
        let label = zone.labels.first ?? []
        let isDigit: (UInt8) -> Bool = { (0x30...0x39).contains($0) }
        var stem = label[...]
        while let last = stem.last, isDigit(last) { stem = stem.dropLast() }
        if stem.count < label.count, stem.last == UInt8(ascii: "-") { stem = stem.dropLast() }
        return stem.isEmpty ? label : Array(stem)
    }
}
