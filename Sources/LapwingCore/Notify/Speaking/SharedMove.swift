import DNSWire

/// A change that many domains make alike, as when a provider renumbers or takes them to other servers.
///
/// It is no fault that they share, so that each domain has a change of its own in the table; but whoever is told of the
/// first need not be told of the thousand others one by one.
package struct SharedMove: Sendable, Hashable {
    /// In words: `addresses from 198.51.100.0/24 to 203.0.113.0/24`.
    package var words: String
    /// What goes elsewhere, wherever it was and is: `addresses`, `addresses and MX`.
    package var kinds: String
    /// What many of them have in common, wherever each of them goes.
    package var crowd: String { "\(kinds) of many domains at once" }

    /// Networks or names on either side of a move; with more it is none that others would make alike.
    private static let mostPlaces = 8

    /// Nil where it is no change of records, where something came or went, and where the change is of a kind of its own.
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

    /// Where values are, each place once; nil where there are none, where one is of another form, and where it is too much.
    private static func places(_ values: [String], by place: (String) -> String?) -> String? {
        let places = values.map(place)
        let known = Set(places.compactMap { $0 })
        guard !values.isEmpty, !places.contains(nil), known.count <= mostPlaces else { return nil }
        return known.sorted().joined(separator: ", ")
    }

    /// The part of an address that one holder has at least: the first 24 bits, or 48 of IPv6.
    private static func network(of text: String) -> String? {
        guard var bytes = IPAddress(text)?.bytes else { return nil }
        let kept = bytes.count == 4 ? 3 : 6
        for index in kept..<bytes.count { bytes[index] = 0 }
        return IPAddress(bytes: bytes).map { "\($0)/\(kept * 8)" }
    }
}

extension IncidentEvent {
    /// What others may do alike; nil where it shares a fault, and where it is no change that others would make alike.
    package var move: SharedMove? { shared == nil ? SharedMove(changes, of: code) : nil }
}

extension Incident {
    /// What it has in common with incidents of other domains, in words: a fault that they share, or a change that they
    /// make alike.
    package var common: String? { shared ?? SharedMove(changes, of: code)?.words }
}
