package import DNSWire
package import LapwingCore

extension DeclaredZone {
    /// The records that an input declares for a domain; nil if it declares none.
    ///
    /// - Parameters:
    ///   - source: the name of the input, as given by the configuration or the user.
    ///   - isPartly: whether a part of the input could not be read, so that a missing record has no meaning.
    package init?(
        _ domain: ImportedDomain, source: String, revision: String?, isPartly: Bool
    ) {
        guard let form = domain.form else { return nil }
        self.init(
            domain.name.folded, source: source, form: form, revision: revision,
            isComplete: domain.isWhole && !isPartly)
        for record in domain.records {
            add(
                Entry(
                    data: record.data, ttl: record.ttl,
                    place: record.place.withoutColumn.description, path: record.place.path, attribute: record.attribute),
                to: RecordSetKey(record.name.folded, record.type))
        }
    }
}

extension DeclaredZone.Form {
    /// Nil for a format that does not declare records.
    init?(_ format: ImportFormat) {
        switch format {
        case .zone: self = .zone
        case .octoDNS: self = .octoDNS
        case .dnsControl: self = .dnsControl
        case .terraform: self = .terraform
        case .list, .lapwing, .csv, .blackbox, .gatus, .uptimeKuma: return nil
        }
    }
}

extension ImportPlace {
    /// A line number is sufficient to find a record.
    fileprivate var withoutColumn: ImportPlace {
        var place = self
        place.column = 0
        return place
    }
}

/// The declarations of one source, by domain.
package struct DeclaredSource: Sendable {
    /// By case-folded names.
    package var zones: [Name: DeclaredZone]
    /// The part that could not be read; nil if there is none.
    package var fault: String?

    package init(zones: [Name: DeclaredZone] = [:], fault: String? = nil) {
        self.zones = zones
        self.fault = fault
    }

    /// - Throws: the reason if nothing of it can be trusted.
    package init(
        _ input: ImportInput, source: String, revision: String?, rules: DomainGathering.Rules,
        format: ImportFormat? = nil, origin: Name? = nil
    ) throws(ImportFault) {
        let reading = ImportReading(rules, format: format, origin: origin)
        let result = try reading.read(Self.declaring(input))
        let refused = result.faults.filter { $0.weight != .leftOut }
        zones = [:]
        for domain in result.domains {
            let zone = DeclaredZone(domain, source: source, revision: revision, isPartly: !refused.isEmpty)
            if let zone { zones[domain.name.folded] = zone }
        }
        guard !zones.isEmpty else {
            throw ImportFault(
                ImportPlace(file: input.name, line: input.isFolder ? 0 : 1),
                "it is \(result.format.title), which declares no records", weight: .fatal)
        }
        if let first = refused.first {
            fault = "\(first)" + (refused.count > 1 ? ", and \(refused.count - 1) more" : "")
        }
    }

    /// Removes files that are commonly beside zones in repositories, but are not zones.
    private static func declaring(_ input: ImportInput) -> ImportInput {
        guard input.isFolder else { return input }
        var input = input
        input.files.removeAll { file in
            let name = file.lastPart.lowercased()
            return besides.contains { name.hasSuffix($0) } || besides.contains("." + name)
        }
        return input
    }

    private static let besides: Set<String> = [
        ".md", ".rst", ".js", ".ts", ".py", ".sh", ".tf", ".hcl", ".lock", ".toml", ".cfg", ".license", ".makefile",
        ".dockerfile", ".readme", ".codeowners", ".jnl", ".jbk", ".bak",
    ]

    /// Returns the previous declarations in place of a source that cannot be read now.
    package func staying(because fault: String) -> DeclaredSource {
        DeclaredSource(zones: zones, fault: fault)
    }
}
