package import DNSWire
package import LapwingCore

extension DeclaredZone {
    /// The records that an input declares of a domain; nil where it declares none.
    ///
    /// - Parameters:
    ///   - source: as the configuration or the user names the input.
    ///   - isPartly: something of the input could not be read, so that what is missing says nothing.
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
    /// Nil for what declares no records.
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
    /// A line is enough to find a record.
    fileprivate var withoutColumn: ImportPlace {
        var place = self
        place.column = 0
        return place
    }
}

/// What one source declares, by domain.
package struct DeclaredSource: Sendable {
    /// By folded names.
    package var zones: [Name: DeclaredZone]
    /// What of it could not be read; nil where all could.
    package var fault: String?

    package init(zones: [Name: DeclaredZone] = [:], fault: String? = nil) {
        self.zones = zones
        self.fault = fault
    }

    /// - Throws: why nothing of it can be trusted.
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

    /// Without what lies beside zones in repositories and is none.
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

    /// What was read before, in the place of what cannot be read now.
    package func staying(because fault: String) -> DeclaredSource {
        DeclaredSource(zones: zones, fault: fault)
    }
}
