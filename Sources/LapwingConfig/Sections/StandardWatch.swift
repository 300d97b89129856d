package import DNSWire
package import LapwingCore

/// The default watch of a domain without a configuration.
package enum StandardWatch {
    /// Returns a watch with the default types at the apex and at `www`, or at the given names.
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
