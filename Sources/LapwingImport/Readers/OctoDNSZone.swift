import DNSWire
import LapwingCore

/// Reads one zone of octoDNS: relative names with their records.
struct OctoDNSZone {
    let file: String

    /// - Parameter named: the zone; nil to take it from the file's name.
    func read(
        _ document: DocumentValue, named: Name?, into gathering: inout DomainGathering
    ) throws(ImportFault) {
        let start = ImportPlace(file: file, line: document.line)
        guard let zone = named ?? gathering.domain(Self.zone(ofFile: file), start) else { return }
        guard let members = document.members else {
            throw ImportFault(start, "it is no zone of octoDNS: names are expected", weight: .fatal)
        }
        gathering.note(zone, isWhole: true)
        for member in members {
            let place = ImportPlace(file: file, line: member.value.line, path: member.key.isEmpty ? "''" : member.key)
            if member.value.tag != nil {
                gathering.refuse("`\(member.value.tag ?? "")` is not followed here", place)
                continue
            }
            let label = member.key.hasSuffix(".") ? String(member.key.dropLast()) : member.key
            guard let name = try? Name(label.isEmpty || label == "@" ? zone.description : "\(label).\(zone)") else {
                gathering.refuse("`\(label.prefix(80).description.visible)` is no name", place)
                continue
            }
            for entry in member.value.list ?? [member.value] { take(entry, name, zone, member.key, into: &gathering) }
        }
    }

    private func take(
        _ entry: DocumentValue, _ name: Name, _ zone: Name, _ key: String, into gathering: inout DomainGathering
    ) {
        let place = ImportPlace(file: file, line: entry.line, path: key.isEmpty ? "''" : key)
        guard let kind = entry.text("type") else { return gathering.refuse("a record without `type`", place) }
        guard let types = ToolTypes.types(kind) else {
            return gathering.leaveOut("`\(kind.prefix(40).description.visible)` is no record that DNS serves", place)
        }
        let ttl = entry.text("ttl").flatMap { UInt32($0) }
        let isComputed = types.count > 1 || entry["dynamic"] != nil || entry["geo"] != nil || Self.isElsewhere(entry)
        for type in types {
            let values = entry["values"]?.list ?? [entry["value"] ?? entry["values"]].compactMap(\.self)
            guard !isComputed, !values.isEmpty else {
                gathering.record(DeclaredRecord(name: name, type: type, ttl: ttl, data: nil, place: place), in: zone)
                continue
            }
            for value in values {
                let data = Self.data(type, value)
                if data == nil, type != .loc, type != .svcb, type != .https {
                    gathering.refuse("\(name) \(type): the value does not fit its type", place)
                }
                gathering.record(DeclaredRecord(name: name, type: type, ttl: ttl, data: data, place: place), in: zone)
            }
        }
    }

    /// Whether some providers do not get the record in this form.
    private static func isElsewhere(_ entry: DocumentValue) -> Bool {
        guard let terms = entry["octodns"] else { return false }
        return terms.text("ignored") == "true" || terms["included"] != nil || terms["excluded"] != nil
    }

    private static func data(_ type: RecordType, _ value: DocumentValue) -> RecordData? {
        guard let text = value.text else { return RecordFields(type, of: value).data }
        // Semicolons are escaped in texts.
        let plain = text.replacing("\\;", with: ";")
        return RecordFields(type) { $0.contains("value") ? plain : nil }.data
            ?? (try? RecordData(type: type, text: RecordFields.text(plain, type, .root)))
    }

    /// `config/example.com.yaml` → `example.com`
    static func zone(ofFile name: String) -> String {
        var text = String(name.split(separator: "/").last ?? "")
        for suffix in [".yaml", ".yml", ".json"] where text.hasSuffix(suffix) {
            text = String(text.dropLast(suffix.count))
        }
        return text
    }
}
