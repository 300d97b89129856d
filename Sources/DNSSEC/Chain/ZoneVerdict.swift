public import DNSWire

/// The one verdict on a zone, from what was asked at its apex, for a name that it does not have, and for names in it.
public enum ZoneVerdict {
    /// A name that hardly any zone has; nil where the zone's own name leaves no room for it.
    private static func absent(_ zone: Name) -> Name? {
        try? zone.prepending(label: Array("lapwing-asks-for-what-is-not".utf8))
    }

    /// The types that are looked at where the zone itself is concerned: what a watch takes in when nothing else is said, and
    /// what the chain of trust is made of.
    public static let types: [RecordType] = [
        .soa, .ns, .dnskey, .cds, .cdnskey, .a, .aaaa, .mx, .txt, .cname, .caa, .ds,
    ]

    /// The types that are looked at at `www`, as a watch does when nothing else is said.
    public static let typesOfHost: [RecordType] = [.a, .aaaa, .cname, .mx, .txt, .caa]

    /// What to ask about a zone: its own sets, a name that it does not have, for the sake of the denial, `www`, and more
    /// names.
    ///
    /// Whoever asks about a zone asks at least this, so that all come to one verdict.
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

    /// The worst of the verdicts on the zone's own sets and on the denial of the name that it does not have.
    ///
    /// The other names lead elsewhere, or are cut off: they count only where the zone, or one above it, is at fault.
    public static func joined(_ resolutions: [Resolution], of zone: Name) -> Proof {
        let absent = Self.absent(zone)
        let counted = resolutions.filter { resolution in
            if resolution.question.name == zone { return true }
            // A wildcard may have led that name elsewhere, too.
            let isDenied = resolution.responseCode == .nxDomain && resolution.answer.isEmpty
            if resolution.question.name == absent, isDenied { return true }
            guard resolution.proof.verdict == .bogus, let place = resolution.proof.reason?.zone else { return false }
            return place.isSubdomain(of: zone) || zone.isSubdomain(of: place)
        }
        return counted.map(\.proof).reduce(Proof.secure) { $0.joined(with: $1) }
    }
}
