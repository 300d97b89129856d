package import DNSWire
package import LapwingCore

/// What is looked at when nothing is configured.
package enum StandardWatch {
    /// The watch of a domain: the default types at the apex and at `www`, or at the names that are given.
    package static func watch(_ domain: Name, names: [Name]? = nil) -> Watch {
        let defaults = DomainDefaults()
        let names = names ?? [domain] + ((try? domain.prepending(label: Array("www".utf8))).map { [$0] } ?? [])
        var watch = Watch(domain: domain, sets: [])
        for name in names {
            watch.sets += defaults.types.filter { name == domain || ![.soa, .ns, .ds].contains($0) }
                .map { RecordSetKey(name, $0) }
        }
        watch.asksForZone = true
        watch.sensitive = [RecordSetKey(domain, .ns), RecordSetKey(domain, .mx)]
        return watch
    }
}
