package import DNSWire

/// Who runs a domain's name servers, as far as their names tell.
package enum NameServerHosts {
    /// Hosts that are named; of more only the number is said.
    private static let mostNamed = 2

    /// Who runs some of the name servers.
    package struct Operator: Hashable, Sendable {
        /// The domains in which its hosts lie, in order.
        package var zones: [Name]
        /// What is common to the domains' first labels.
        fileprivate var stem: [UInt8]

        /// What it is called: its domain, or, as some spread their names over many numbered domains (awsdns-01.org,
        /// awsdns-22.co.uk), what is common to these.
        package var name: String {
            zones.count > 1 ? String(decoding: stem, as: UTF8.self) : Shown.name(zones[0])
        }
    }

    /// The operators of name servers, in the order of their domains.
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

    /// The domains in which the name servers lie, in a few words: `cloudflare.com`, `one.example, two.example and 1 more`, or
    /// that they lie in the domain itself. Nil where no server is known.
    ///
    /// - Parameter isSuffix: whether strangers register names directly below this one.
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

    /// The domain that somebody registered to have this name.
    private static func zone(of host: Name, _ isSuffix: (Name) -> Bool) -> Name {
        var zone = host
        while let above = zone.parent, above.labelCount > 1, !isSuffix(above) { zone = above }
        return zone
    }

    /// What is common to the domains of one operator: the first label without a number at its end.
    private static func stem(_ zone: Name) -> [UInt8] {
        let label = zone.labels.first ?? []
        let isDigit: (UInt8) -> Bool = { (0x30...0x39).contains($0) }
        var stem = label[...]
        while let last = stem.last, isDigit(last) { stem = stem.dropLast() }
        if stem.count < label.count, stem.last == UInt8(ascii: "-") { stem = stem.dropLast() }
        return stem.isEmpty ? label : Array(stem)
    }
}
