public import DNSWire

/// The verdict on a zone, from queries for its apex, for a name that it does not have, and for names in it.
public enum ZoneVerdict {
    /// Returns a name that hardly any zone has; nil if the zone's own name is too long for it.
    private static func absent(_ zone: Name) -> Name? {
        try? zone.prepending(label: Array("lapwing-asks-for-what-is-not".utf8))
    }

    /// The types that are queried at the apex: the defaults of a watch, and the types of the chain of trust.
    public static let types: [RecordType] = [
        .soa, .ns, .dnskey, .cds, .cdnskey, .a, .aaaa, .mx, .txt, .cname, .caa, .ds,
    ]

    /// The types that are queried at `www`, as in a default watch.
    public static let typesOfHost: [RecordType] = [.a, .aaaa, .cname, .mx, .txt, .caa]

    /// Returns the questions about a zone: its own RRsets, a missing name for the denial, `www`, and further names.
    ///
    /// All callers ask at least these questions, so that they get the same verdict.
    public static func questions(about zone: Name, besides others: [Question] = []) -> [Question] {
        var questions = types.map { Question(name: zone, type: $0) }
        if let absent = Self.absent(zone) { questions.append(Question(name: absent, type: .a)) }
        if let www = try? zone.prepending(label: Array("www".utf8)) {
            questions += typesOfHost.map { Question(name: www, type: $0) }
        }
        var seen = Set(questions)
        for other in others where seen.insert(other).inserted { questions.append(other) }
        return questions
    }

    /// Returns the worst of the verdicts on the zone's own RRsets and on the denial of the missing name.
    ///
    /// Other names may lead to other zones, or may be delegated: they count only if the zone itself, or one above it,
    /// is at fault.
    public static func joined(_ resolutions: [Resolution], of zone: Name) -> Proof {
        let absent = Self.absent(zone)
        let counted = resolutions.filter { resolution in
            if resolution.question.name == zone { return true }
            // A wildcard may have led that name to another zone, too.
            let isDenied = resolution.responseCode == .nxDomain && resolution.answer.isEmpty
            if resolution.question.name == absent, isDenied { return true }
            guard resolution.proof.verdict == .bogus, let place = resolution.proof.reason?.zone else { return false }
            return place.isSubdomain(of: zone) || zone.isSubdomain(of: place)
        }
        return counted.map(\.proof).reduce(Proof.secure) { $0.joined(with: $1) }
    }
}
