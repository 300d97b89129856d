import DNSWire
import LapwingCore

/// One record resource of a state: its zone, its name and its data.
struct TerraformRecord {
    let resource: TerraformReader.Resource
    let row: TerraformTable.Record
    let zones: TerraformReader.Zones

    private var attributes: DocumentValue { resource.attributes }

    private func text(_ keys: [String]) -> String? { keys.lazy.compactMap { attributes.text($0) }.first }

    func take(into gathering: inout DomainGathering) {
        let place = resource.place
        let id = text(row.zoneID)
        if let id, zones.hidden.contains(id) {
            return gathering.leaveOut("its zone is private: it cannot be asked from outside", place)
        }
        let written = text(row.name) ?? "@"
        let said = text(row.zone) ?? id.flatMap { zones.name($0) } ?? id.flatMap { $0.contains(".") ? $0 : nil }
        guard let zone = said.flatMap({ gathering.domain($0, place) }) ?? registered(written, into: &gathering) else {
            if said == nil { gathering.refuse("the state does not say in which zone \(written) is", place) }
            return
        }
        guard let name = name(written, in: zone) else {
            return gathering.refuse("`\(written.prefix(80).description.visible)` is no name", place)
        }
        guard let kind = row.fixedType.map(\.description) ?? text(row.type) else {
            return gathering.refuse("its type is not known", place)
        }
        guard let types = ToolTypes.types(kind) else {
            return gathering.leaveOut("`\(kind.prefix(40).description.visible)` is no record that DNS serves", place)
        }
        // In Cloudflare's provider 1 means an automatic TTL.
        let ttl = attributes.text("ttl").flatMap { UInt32($0) }.flatMap { $0 > 1 ? $0 : nil }
        let isProxied = attributes.text("proxied") == "true"
        let shown = isProxied && types.contains { [.a, .aaaa, .cname].contains($0) } ? [.a, .aaaa] : types
        let values = isComputed || isProxied || types.count > 1 ? [] : self.values(types.first ?? .a, zone)
        for type in shown {
            if values.isEmpty {
                gathering.record(DeclaredRecord(name: name, type: type, ttl: ttl, data: nil, place: place), in: zone)
            }
            for value in values {
                if value == nil { gathering.refuse("\(name) \(type): a value does not fit its type", place) }
                gathering.record(
                    DeclaredRecord(name: name, type: type, ttl: ttl, data: value, place: place, attribute: attribute),
                    in: zone)
            }
        }
    }

    /// Returns the registered domain that contains the name, if the zone is not in the state.
    private func registered(_ name: String, into gathering: inout DomainGathering) -> Name? {
        guard let name = try? Name(name), let domain = gathering.rules.registered(name) else { return nil }
        return gathering.domain(domain.description, resource.place)
    }

    private func name(_ text: String, in zone: Name) -> Name? {
        if text.isEmpty || text == "@" { return zone }
        if let whole = try? Name(text), text.hasSuffix(".") || whole.folded.isSubdomain(of: zone) { return whole }
        return try? Name("\(text).\(zone)")
    }

    private var isComputed: Bool {
        row.computed.contains { key in
            guard let value = attributes[key] else { return false }
            return value.list.map { !$0.isEmpty } ?? (value.text != "")
        }
    }

    /// The key with the values.
    private var attribute: DeclaredZone.Attribute? {
        row.values.first { attributes[$0].map { $0.text?.isEmpty == false || $0.list?.isEmpty == false } ?? false }
            .map { DeclaredZone.Attribute(name: $0, isList: attributes[$0]?.list != nil) }
    }

    /// Nil for a value that is not valid data of the type.
    private func values(_ type: RecordType, _ zone: Name) -> [RecordData?] {
        let origin = row.hasRelativeHosts ? zone : .root
        for key in row.values {
            guard let value = attributes[key] else { continue }
            if let text = value.text { return text.isEmpty ? [] : [data(type, text, origin)] }
            let members = value.list ?? [value]
            guard !members.isEmpty else { continue }
            return members.map { member in
                if let text = member.text { return data(type, text, origin) }
                // NS1 has an answer in a text of its own, Azure and Hetzner a value in an object.
                if let answer = member.text("answer") { return data(type, answer, origin) }
                if type == .txt || row.hasRelativeHosts, let text = member.text("value") {
                    return data(type, text, origin)
                }
                return RecordFields(type, of: member, origin: origin).data
            }
        }
        return []
    }

    /// Returns a value as record data; fields that precede it may be in separate keys.
    private func data(_ type: RecordType, _ text: String, _ origin: Name) -> RecordData? {
        let hasFields = [.mx, .srv, .caa].contains(type) && !text.contains(" ")
        if hasFields {
            return RecordFields(type, origin: origin) { names in
                if names.contains("value") { return text }
                return names.lazy.compactMap { attributes.text($0) }.first
            }.data
        }
        if type == .srv, let priority = attributes.text("priority"), text.split(separator: " ").count == 3 {
            return try? RecordData(type: type, text: RecordFields.text("\(priority) \(text)", type, origin))
        }
        return try? RecordData(type: type, text: RecordFields.text(text, type, origin))
    }
}
