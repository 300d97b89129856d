package import DNSWire

/// Who runs a domain's name servers, as far as their names tell.
package enum NameServerHosts {
    /// Hosts that are named; of more only the number is said.
    private static let mostNamed = 2

    /// The domains in which the name servers lie, in a few words: `cloudflare.com`, `one.example, two.example and 1 more`, or
    /// that they lie in the domain itself. Nil where no server is known.
    ///
    /// - Parameter isSuffix: whether strangers register names directly below this one.
    package static func text(
        of servers: [Name], domain: Name, isSuffix: (Name) -> Bool
    ) -> String? {
        var hosts: [(stem: [UInt8], zones: [Name])] = []
        for zone in Set(servers.map { Self.zone(of: $0, isSuffix) }).sorted() {
            let stem = stem(zone)
            if let place = hosts.firstIndex(where: { $0.stem == stem }) {
                hosts[place].zones.append(zone)
            } else {
                hosts.append((stem, [zone]))
            }
        }
        guard !hosts.isEmpty else { return nil }
        let words = hosts.map { host in
            // Some spread their names over many numbered domains: awsdns-01.org, awsdns-22.co.uk.
            host.zones.count > 1
                ? String(decoding: host.stem, as: UTF8.self)
                : domain.isSubdomain(of: host.zones[0]) ? "own name servers" : Shown.name(host.zones[0])
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
