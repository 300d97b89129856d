import DNSWire

/// Describes how the data that a place receives differs from the data at the place that judges the domain.
package enum PlaceDifference {
    /// The largest number of lines for one place.
    private static let most = 8

    /// Returns one line for each difference, and for each server that does not answer.
    ///
    /// - Parameters:
    ///   - servers: the values of each RRset that the domain's servers give at the judging place, as text.
    ///   - resolvers: the values that resolvers give there.
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

    /// A part of a pool is no difference; an empty value is one if there are known values.
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
