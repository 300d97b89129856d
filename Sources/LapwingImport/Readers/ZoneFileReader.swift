import DNSWire
import LapwingCore

/// Reads a zone file (RFC 1035 section 5): the zone's names and the types of their records.
struct ZoneFileReader {
    /// The largest number of faulty lines that are reported for one file.
    private static let mostErrors = 20
    /// Marks a TTL that the file leaves to the server's default; larger than RFC 2181 section 8 allows.
    private static let noTTL = UInt32.max

    let file: ImportInput.File
    /// The zone's name, if the user has stated it.
    let origin: Name?

    func read(_ text: String, into gathering: inout DomainGathering) throws(ImportFault) {
        let fallback = origin ?? nameOfFile(gathering.rules)
        // Records whose TTL is left to the server's default are read too.
        var reader = ZoneText(text, defaults: ZoneText.Defaults(origin: fallback ?? .root, ttl: Self.noTTL))
        var records: [DeclaredRecord] = []
        var apex: Name?
        var errors = 0
        while true {
            do throws(ZoneTextError) {
                guard let line = try reader.next() else { break }
                let record = line.record
                if record.type == .soa, apex == nil { apex = record.name.folded }
                records.append(
                    DeclaredRecord(
                        name: record.name, type: record.type, ttl: record.ttl == Self.noTTL ? nil : record.ttl,
                        data: record.data,
                        place: ImportPlace(file: file.name, line: line.line)))
            } catch {
                errors += 1
                let place = ImportPlace(file: file.name, line: error.line, column: error.column)
                gathering.note(ImportFault(place, explained(error.text), weight: .fatal))
                guard errors < Self.mostErrors else { break }
            }
        }
        if errors > 0 {
            // If a part of the zone is missing, its records would look as if they had been deleted.
            let first = gathering.faults.first { $0.weight == .fatal && $0.place.file == file.name }
            throw first ?? ImportFault(ImportPlace(file: file.name), "it cannot be read", weight: .fatal)
        }
        guard !records.isEmpty else {
            throw ImportFault(ImportPlace(file: file.name, line: 1), "there is no record in it", weight: .fatal)
        }
        if apex?.isRoot == true || apex == nil && records.contains(where: { $0.name.labelCount < 2 }) {
            throw ImportFault(
                ImportPlace(file: file.name, line: records.first?.place.line ?? 1),
                "the zone's name is not said in it: name it by --origin, or call the file as the zone", weight: .fatal)
        }
        guard let zone = apex ?? origin?.folded else {
            return take(records, by: gathering.rules.registered, into: &gathering)
        }
        let place = ImportPlace(file: file.name, line: 1)
        guard let name = gathering.domain(zone.description, place) else { return }
        for record in records { gathering.record(record, in: name) }
        // A fragment of a zone has no SOA.
        if apex != nil { gathering.note(name, isWhole: true) }
    }

    /// Adds records without a zone: each to the registered domain that contains its name.
    private func take(
        _ records: [DeclaredRecord], by registered: (Name) -> Name?, into gathering: inout DomainGathering
    ) {
        for record in records {
            guard let zone = registered(record.name)?.folded else {
                gathering.refuse("\(record.name) is in no registered domain", record.place)
                continue
            }
            guard gathering.has(zone) || gathering.domain(zone.description, record.place) != nil else { continue }
            gathering.record(record, in: zone)
        }
    }

    private func explained(_ text: String) -> String {
        text.contains("$INCLUDE") || text.contains("$GENERATE")
            ? "\(text); `named-compilezone -o - ZONE FILE` writes it out whole" : text
    }

    /// Derives the zone from the file name: `example.com`, `example.com.zone`, `db.example.com`.
    private func nameOfFile(_ rules: DomainGathering.Rules) -> Name? {
        var text = file.lastPart.lowercased()
        for suffix in [".zone", ".db", ".txt", ".hosts", ".bind", ".dns"] where text.hasSuffix(suffix) {
            text = String(text.dropLast(suffix.count))
            break
        }
        for prefix in ["db.", "pri.", "zone."] where text.hasPrefix(prefix) {
            text = String(text.dropFirst(prefix.count))
        }
        guard text.contains("."), let name = try? rules.names.read(text) else { return nil }
        return rules.registered(name) == nil ? nil : name
    }
}
