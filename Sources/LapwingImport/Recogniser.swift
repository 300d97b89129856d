import DNSWire

/// Recognises the format of a file by its content.
struct Recogniser {
    /// The recognised format, with the content if recognition has parsed it.
    struct Shape {
        var format: ImportFormat
        var document: DocumentValue?
        var file: String

        func tree() throws(ImportFault) -> DocumentValue {
            guard let document else {
                throw ImportFault(ImportPlace(file: file, line: 1), "it is neither JSON nor YAML", weight: .fatal)
            }
            return document
        }
    }

    let file: ImportInput.File
    let text: String

    /// - Parameter wanted: the format that the user states.
    /// - Throws: a fault with its position if the file is not well-formed, or if its format is unknown.
    func shape(_ wanted: ImportFormat?) throws(ImportFault) -> Shape {
        switch wanted {
        case .zone, .list: return Shape(format: wanted ?? .list, file: file.name)
        case .csv: return Shape(format: .csv, file: file.name)
        case let wanted?: return Shape(format: wanted, document: try document(), file: file.name)
        case nil: break
        }
        let first = text.unicodeScalars.first { !$0.properties.isWhitespace }
        if first == "{" || first == "[" {
            let document = try JSONDocument.read(Array(text.utf8), file: file.name)
            guard let format = Self.format(of: document) else {
                throw fault(
                    "this JSON is none that is known: a state of Terraform, a backup of Uptime Kuma, output of "
                        + "dnscontrol print-ir, or an export of Lapwing")
            }
            return Shape(format: format, document: document, file: file.name)
        }
        if looksLikeZone { return Shape(format: .zone, file: file.name) }
        if TableReader.header(text) != nil { return Shape(format: .csv, file: file.name) }
        if looksLikeYAML {
            let document = try YAMLTree.read(text, file: file.name)
            guard let format = Self.format(of: document) else {
                throw fault(
                    "this YAML is none that is known: blackbox.yml, a configuration of Gatus, a zone of octoDNS, or "
                        + "Lapwing's own")
            }
            return Shape(format: format, document: document, file: file.name)
        }
        return Shape(format: .list, file: file.name)
    }

    private func document() throws(ImportFault) -> DocumentValue {
        let first = text.unicodeScalars.first { !$0.properties.isWhitespace }
        return first == "{" || first == "["
            ? try JSONDocument.read(Array(text.utf8), file: file.name) : try YAMLTree.read(text, file: file.name)
    }

    private func fault(_ reason: String) -> ImportFault {
        ImportFault(ImportPlace(file: file.name, line: 1), reason, weight: .fatal)
    }

    /// Returns the format of a document.
    static func format(of document: DocumentValue) -> ImportFormat? {
        if let list = document.list { return list.allSatisfy { $0.text != nil || $0["name"] != nil } ? .lapwing : nil }
        if document["monitorList"] != nil { return .uptimeKuma }
        if document["terraform_version"] != nil || document["format_version"] != nil || document["lineage"] != nil {
            return .terraform
        }
        if let domains = document["domains"]?.list {
            let isControl = document["dns_providers"] != nil || document["registrars"] != nil
            return isControl
                || domains.contains { $0["dnsProviders"] != nil || $0["records"]?.list?.first?["type"] != nil }
                ? .dnsControl : .lapwing
        }
        if document["modules"]?.members != nil { return .blackbox }
        if document["endpoints"]?.list != nil || document["suites"]?.list != nil
            || document["external-endpoints"]?.list != nil
        {
            return .gatus
        }
        guard let members = document.members, !members.isEmpty else { return nil }
        if document["zones"]?.members != nil, document["providers"] != nil { return .octoDNS }
        let isZone = members.allSatisfy { member in
            let entries = member.value.list ?? [member.value]
            return member.value.tag != nil || entries.allSatisfy { $0["type"]?.text != nil }
        }
        return isZone ? .octoDNS : nil
    }

    /// The lines except for empty lines and comments.
    private var lines: [Substring] {
        text.utf8.split(separator: UInt8(ascii: "\n"), maxSplits: 2000).prefix(2000).map { Substring($0) }
            .filter { line in
                guard let first = line.first(where: { !$0.isWhitespace }) else { return false }
                return first != ";" && first != "#"
            }
    }

    /// Whether a line is a record (owner, then a class or a TTL, then a type) or a directive.
    private var looksLikeZone: Bool {
        for line in lines.prefix(200) {
            let words = line.split(whereSeparator: \.isWhitespace)
            guard let first = words.first else { continue }
            if ["$ORIGIN", "$TTL", "$INCLUDE", "$GENERATE"].contains(first.uppercased()) { return true }
            let rest = line.first?.isWhitespace == true ? words[...] : words.dropFirst()
            let further = rest.drop { TimeToLive.seconds(Array($0.utf8)) != nil || RecordClass(String($0)) != nil }
            if further.count >= 2, let type = further.first, !type.hasPrefix("TYPE"), RecordType(String(type)) != nil,
                type.allSatisfy({ $0.isLetter || $0.isNumber }), type == type.uppercased() || further.count < rest.count
            {
                return true
            }
            return false
        }
        return false
    }

    private var looksLikeYAML: Bool {
        lines.prefix(20).contains { line in
            let text = line.drop { $0 == " " }
            return text.hasPrefix("---") || text.hasPrefix("- ") || text.hasPrefix("%YAML")
                || text.firstMatch(of: /^['"]?[^\s'":,;]*['"]?:(?:\s|$)/) != nil
        }
    }
}
