import DNSWire

/// A change that many domains make alike, as when a provider renumbers them or moves them to other servers.
///
/// It is not a shared fault, so each domain keeps a change of its own in the table; but people who read about the first
/// ones need no separate messages about a thousand others.
package struct SharedMove: Sendable, Hashable {
    /// In words: `addresses from 198.51.100.0/24 to 203.0.113.0/24`.
    package var words: String
    /// The kinds of data that move, whatever the old and new places: `addresses`, `addresses and MX`.
    package var kinds: String
    /// A description of many such moves, whatever their destinations.
    package var crowd: String { "\(kinds) of many domains at once" }

    /// The largest number of networks or names on either side of a move; with more, other domains would not make it
    /// alike.
    private static let mostPlaces = 8

    /// Returns nil unless it is a change of records in which values of common types were replaced by others.
    package init?(_ changes: [Change], of code: FindingCode) {
        guard code.nature == .changeOfRecords, !changes.isEmpty else { return nil }
        var moves: Set<String> = []
        var kinds: Set<String> = []
        for change in changes {
            let (kind, place): (String, (String) -> String?)
            switch change.kind {
            case .ttl: continue
            case .records(.a), .records(.aaaa), .glue: (kind, place) = ("addresses", Self.network)
            case .records(.ns), .registryDelegation: (kind, place) = ("NS", { $0.lowercased() })
            case .records(let type) where type == .mx || type == .cname:
                (kind, place) = ("\(type)", { $0.lowercased() })
            default: return nil
            }
            guard let old = Self.places(change.old, by: place), let new = Self.places(change.new, by: place),
                old != new
            else { return nil }
            kinds.insert(kind)
            moves.insert("\(kind) from \(old) to \(new)")
        }
        guard !moves.isEmpty, moves.count <= Self.mostPlaces else { return nil }
        words = moves.sorted().joined(separator: "; ")
        self.kinds = kinds.sorted().joined(separator: " and ")
    }

    /// Returns the places of the values, each once; nil if there are none, too many, or one in a different form.
    private static func places(_ values: [String], by place: (String) -> String?) -> String? {
        let places = values.map(place)
        let known = Set(places.compactMap { $0 })
        guard !values.isEmpty, !places.contains(nil), known.count <= mostPlaces else { return nil }
        return known.sorted().joined(separator: ", ")
    }

    /// Returns the smallest network that one holder usually has: the first 24 bits of an address, or 48 for IPv6.
    private static func network(of text: String) -> String? {
        guard var bytes = IPAddress(text)?.bytes else { return nil }
        let kept = bytes.count == 4 ? 3 : 6
        for index in kept..<bytes.count { bytes[index] = 0 }
        return IPAddress(bytes: bytes).map { "\($0)/\(kept * 8)" }
    }
}

extension IncidentEvent {
    /// The move that other domains may make alike; nil for a shared fault and for a change that others would not make
    /// alike.
    package var move: SharedMove? { shared == nil ? SharedMove(changes, of: code) : nil }
}

extension Incident {
    /// The part in common with incidents of other domains, in words: a shared fault, or a change that they make alike.
    /// Nil if there is neither.
    package var common: String? { shared ?? SharedMove(changes, of: code)?.words }
}
