import DNSWire
import LapwingCore

/// Reads the output of `dnscontrol print-ir`: each domain with its records.
struct DNSControlReader {
    let file: String

    func read(_ document: DocumentValue, into gathering: inout DomainGathering) throws(ImportFault) {
        guard let domains = document["domains"]?.list else {
            throw ImportFault(ImportPlace(file: file, line: document.line), "there are no `domains`", weight: .fatal)
        }
        for (index, entry) in domains.enumerated() {
            let path = "domains[\(index)]"
            let place = ImportPlace(file: file, line: entry.line, column: entry.column, path: path)
            guard let text = entry.text("name") else {
                gathering.refuse("a domain without `name`", place)
                continue
            }
            // The text after the mark distinguishes views of one domain.
            guard let zone = gathering.domain(String(text.prefix { $0 != "!" }), place) else { continue }
            // Records that dnscontrol does not delete may exist.
            let keeps = ["keepunknown", "unmanaged", "ignored_names", "ignored_targets"].contains { key in
                entry[key].map { $0.text.map { $0 == "true" } ?? ($0.list?.isEmpty == false) } ?? false
            }
            gathering.note(zone, isWhole: !keeps)
            for (number, server) in (entry["nameservers"]?.list ?? []).enumerated() {
                guard let host = server.text("name"), let data = Self.server(host) else { continue }
                let place = ImportPlace(file: file, line: server.line, path: "\(path).nameservers[\(number)]")
                gathering.record(DeclaredRecord(name: zone, type: .ns, data: data, place: place), in: zone)
            }
            for (number, record) in (entry["records"]?.list ?? []).enumerated() {
                take(record, of: zone, "\(path).records[\(number)]", into: &gathering)
            }
        }
    }

    private static func server(_ host: String) -> RecordData? {
        try? RecordData(type: .ns, text: host.hasSuffix(".") ? host : host + ".")
    }

    private func take(
        _ record: DocumentValue, of zone: Name, _ path: String, into gathering: inout DomainGathering
    ) {
        let place = ImportPlace(file: file, line: record.line, column: record.column, path: path)
        guard let kind = record.text("type") else { return gathering.refuse("a record without `type`", place) }
        guard let types = ToolTypes.types(kind) else {
            return gathering.leaveOut("`\(kind.prefix(40).description.visible)` is no record that DNS serves", place)
        }
        guard !["true", "1"].contains(record.text("ensure_absent") ?? "") else { return }
        let labels = [record.text("name") ?? "@", record.text("subdomain")].compactMap(\.self).filter { $0 != "@" }
        guard let name = try? Name((labels + [zone.description]).joined(separator: ".")) else {
            return gathering.refuse(
                "`\(labels.joined(separator: ".").prefix(80).description.visible)` is no name", place)
        }
        let ttl = record.text("ttl").flatMap { UInt32($0) }
        for type in types {
            let data = types.count == 1 ? Self.data(type, record, zone) : nil
            if types.count == 1, data == nil, type != .loc, type != .soa {
                gathering.refuse("\(name) \(type): the value does not fit its type", place)
            }
            gathering.record(DeclaredRecord(name: name, type: type, ttl: ttl, data: data, place: place), in: zone)
        }
    }

    private static func data(_ type: RecordType, _ record: DocumentValue, _ zone: Name) -> RecordData? {
        // Names without a trailing dot are still relative to the zone here.
        let target = record.text("target") ?? ""
        let host = target == "@" || target.contains(".") || target.isEmpty ? target : "\(target).\(zone)"
        let isHost = [.cname, .mx, .ns, .ptr, .srv, .dname, .svcb, .https, .naptr].contains(type)
        if type == .txt { return try? RecordData(type: .txt, text: RecordFields.string(target)) }
        return RecordFields(type) { names in
            if names.contains("target") { return target == "@" && isHost ? zone.description : isHost ? host : target }
            return names.lazy.compactMap { record.text($0) ?? record["rdata"]?.text($0) }.first
        }.data
    }
}
