import DNSWire

/// What a place gets that is not what is got where the domain is judged, in words.
package enum PlaceDifference {
    /// Lines that are said of one place.
    private static let most = 8

    /// - Parameters:
    ///   - servers: the values of each set that the domain's servers give where it is judged, as text.
    ///   - resolvers: the same of resolvers.
    package static func lines(
        _ sight: PlaceSight, servers: [RecordSetKey: Set<String>], resolvers: [RecordSetKey: Set<String>]
    ) -> [String] {
        var lines = sight.servers.filter { $0.standing != .answers }.map { server in
            "\(server.host) (\(server.address)) \(server.standing == .silent ? "does not answer" : "refuses the zone")"
        }
        for set in sight.sets {
            guard let here = servers[set.key] else { continue }
            var known = here
            for (value, texts) in values(of: set) where !value.servers.isEmpty {
                if !fits(texts, here) { lines.append(line(set.key, texts, of: "its servers", here)) }
                known.formUnion(texts)
            }
            known.formUnion(resolvers[set.key] ?? [])
            for (value, texts) in values(of: set) where value.servers.isEmpty && !fits(texts, known) {
                lines.append(line(set.key, texts, of: Change.list(value.resolvers), here))
            }
        }
        let more = lines.count - most
        return lines.prefix(most).map(Narrative.plain) + (more > 0 ? ["and \(more) more"] : [])
    }

    private static func values(of set: PlaceSight.RecordSet) -> [(PlaceSight.Value, Set<String>)] {
        set.values.compactMap { value in
            value.value.map { (value, Set($0.texts(of: set.key.type)).subtracting(["NODATA", "NXDOMAIN"])) }
        }
    }

    /// Part of a pool is no difference; nothing where there is something is one.
    private static func fits(_ texts: Set<String>, _ known: Set<String>) -> Bool {
        texts.isEmpty ? known.isEmpty : texts.isSubset(of: known)
    }

    private static func line(
        _ key: RecordSetKey, _ texts: Set<String>, of who: String, _ here: Set<String>
    ) -> String {
        func words(_ texts: Set<String>) -> String {
            texts.isEmpty ? "nothing" : texts.sorted().prefix(4).joined(separator: ", ")
        }
        return "\(key.name) \(key.type): \(words(texts)) from \(who), not \(words(here))"
    }
}
