import DNSWire

/// Reads a folder of octoDNS: the zones in its configuration, and the files of the YAML provider.
struct OctoDNSReader {
    private static let deepestInclude = 8

    private(set) var gathering: DomainGathering
    private let folder: ImportInput
    private var documents: [String: DocumentValue] = [:]
    /// The configurations: each has `providers` and `zones`.
    private var configurations: [String] = []

    init(_ gathering: DomainGathering, folder: ImportInput) {
        self.gathering = gathering
        self.folder = folder
    }

    /// - Returns: false if nothing in the folder looks like octoDNS.
    mutating func read(isCertain: Bool) throws(ImportFault) -> Bool {
        let files = folder.files.filter { $0.name.hasSuffix(".yaml") || $0.name.hasSuffix(".yml") }
            .sorted { $0.name < $1.name }
        for file in files {
            do throws(ImportFault) {
                documents[file.name] = try YAMLTree.read(try file.text(), file: file.name)
            } catch  where !isCertain && configurations.isEmpty && documents.isEmpty {
                // The readers of single files report the fault.
                return false
            }
            if let document = documents[file.name], document["zones"]?.members != nil, document["providers"] != nil {
                configurations.append(file.name)
            }
        }
        let zones = zoneFiles()
        guard isCertain || !configurations.isEmpty || !zones.isEmpty else { return false }
        if configurations.isEmpty {
            for (zone, files) in zones.sorted(by: { $0.key < $1.key }) { try take(zone, files, nil) }
        } else {
            for name in configurations { try takeConfiguration(name, zones) }
        }
        return true
    }

    /// Returns the files of each zone: `example.com.yaml`, or all files of a folder `example.com.`.
    private func zoneFiles() -> [String: [String]] {
        var zones: [String: [String]] = [:]
        for (name, document) in documents where !configurations.contains(name) {
            let folders = name.split(separator: "/").dropLast()
            if let split = folders.last(where: { $0.hasSuffix(".") || $0.hasSuffix(".tst") }) {
                let zone = split.hasSuffix(".tst") ? split.dropLast(4) : split.dropLast()
                if zone.contains(".") {
                    zones[String(zone).lowercased(), default: []].append(name)
                    continue
                }
            }
            let zone = OctoDNSZone.zone(ofFile: name).lowercased()
            if zone.contains("."), Recogniser.format(of: document) == .octoDNS || document.members?.isEmpty == true {
                zones[zone, default: []].append(name)
            }
        }
        return zones.mapValues { $0.sorted() }
    }

    private mutating func takeConfiguration(_ name: String, _ zones: [String: [String]]) throws(ImportFault) {
        guard let members = documents[name]?["zones"]?.members else { return }
        let listed = Set(members.map { Self.plain($0.key) })
        for member in members {
            let place = ImportPlace(file: name, line: member.value.line, path: "zones.\(member.key)")
            if member.key.hasPrefix("*") {
                for (zone, files) in zones.sorted(by: { $0.key < $1.key }) where !listed.contains(zone) {
                    try take(zone, files, place)
                }
                continue
            }
            let zone = Self.plain(member.key)
            let source = member.value.text("alias").map(Self.plain) ?? zone
            if let files = zones[source] {
                try take(zone, files, place)
            } else if gathering.domain(zone, place) != nil {
                let sources = member.value["sources"]?.texts.joined(separator: ", ") ?? "none"
                gathering.leaveOut(
                    "the zone \(zone) has no file in this folder (its sources: \(sources)); the usual names are watched",
                    place)
            }
        }
    }

    private mutating func take(_ zone: String, _ files: [String], _ place: ImportPlace?) throws(ImportFault) {
        let start = place ?? ImportPlace(file: files.first ?? folder.name, line: 1)
        guard let domain = gathering.domain(zone, start) else { return }
        for file in files {
            guard let document = documents[file] else { continue }
            let whole = resolved(document, in: file, depth: 0)
            // A zone without records is a file that contains only `{}`.
            try OctoDNSZone(file: file).read(whole, named: domain, into: &gathering)
        }
    }

    /// Returns the document with included files in place.
    private func resolved(_ value: DocumentValue, in file: String, depth: Int) -> DocumentValue {
        if value.tag == "!include", let path = value.text, depth < Self.deepestInclude {
            let wanted = Self.path(path, beside: file)
            guard let other = documents[wanted] else { return value }
            return resolved(other, in: wanted, depth: depth + 1)
        }
        var result = value
        if let list = value.list { result.content = .list(list.map { resolved($0, in: file, depth: depth) }) }
        if let members = value.members {
            result.content = .mapping(
                members.map { .init(key: $0.key, value: resolved($0.value, in: file, depth: depth)) })
        }
        return result
    }

    private static func path(_ path: String, beside file: String) -> String {
        var parts = file.split(separator: "/", omittingEmptySubsequences: false).dropLast().map(String.init)
        for part in path.split(separator: "/") where part != "." {
            if part == ".." { _ = parts.popLast() } else { parts.append(String(part)) }
        }
        return parts.joined(separator: "/")
    }

    private static func plain(_ zone: String) -> String {
        let text = zone.lowercased()
        return text.hasSuffix(".") ? String(text.dropLast()) : text
    }
}
