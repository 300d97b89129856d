import DNSWire
import LapwingCore
import LapwingStore

/// The present answers of all sources, grouped by equal values, with the deviating sources.
struct RecordMatrix {
    struct Column: Hashable {
        var kind: String
        var name: String
        var source: String
    }

    struct Group {
        var letter: String
        var values: [String]?
        var entries: [HistoryEntry]
        var isOdd: Bool
    }

    struct Row {
        var key: RecordSetKey
        var groups: [Group]
        var letters: [String: Int]
        /// Whether all sources agree that there are no records.
        var isQuiet: Bool { groups.count == 1 && groups[0].values?.isEmpty == true }
    }

    /// The largest number of columns; more cannot be read side by side and are left to the lists below the matrix.
    static let mostColumns = 40

    var columns: [Column]
    var rows: [Row]
    /// Sources that did not answer in the last round: their values are from before.
    var silent: Set<String>

    init(_ entries: [HistoryEntry], silent: Set<String> = []) {
        self.silent = silent
        let sources = Set(entries.map(\.source))
        columns = sources.map(Self.column).sorted { ($0.order, $0.name) < ($1.order, $1.name) }
        var byKey: [RecordSetKey: [HistoryEntry]] = [:]
        for entry in entries { byKey[entry.key, default: []].append(entry) }
        rows = byKey.map { key, entries in Self.row(key, entries) }.sorted {
            ($0.key.name, $0.key.type.rawValue) < ($1.key.name, $1.key.type.rawValue)
        }
    }

    private static func column(_ source: String) -> Column {
        let words = source.split(separator: " ", maxSplits: 1).map(String.init)
        return Column(kind: words[0], name: words.count > 1 ? words[1] : "", source: source)
    }

    private static func row(_ key: RecordSetKey, _ entries: [HistoryEntry]) -> Row {
        var byValues: [[String]?: [HistoryEntry]] = [:]
        for entry in entries { byValues[entry.values.map { $0.sorted() }, default: []].append(entry) }
        let sizes = byValues.values.map(\.count)
        let most = sizes.max() ?? 0
        let isSplit = byValues.count > 1
        let ordered = byValues.sorted { one, other in
            // Answers of authoritative servers come first, then the most frequent ones.
            let oneFirst = one.value.contains { $0.source.hasPrefix("authority") }
            let otherFirst = other.value.contains { $0.source.hasPrefix("authority") }
            if oneFirst != otherFirst { return oneFirst }
            if one.value.count != other.value.count { return one.value.count > other.value.count }
            return (one.key ?? []).lexicographicallyPrecedes(other.key ?? [])
        }
        var letters: [String: Int] = [:]
        let groups = ordered.enumerated().map { index, pair in
            for entry in pair.value { letters[entry.source] = index }
            let letter = index == 0 ? "✓" : index < 20 ? String(UnicodeScalar(UInt32(0x2460 + index)) ?? "?") : "?"
            return Group(
                letter: letter, values: pair.key, entries: pair.value,
                isOdd: isSplit && index > 0 && (pair.value.count < most || index == ordered.count - 1))
        }
        return Row(key: key, groups: groups, letters: letters)
    }
}

extension RecordMatrix.Column {
    fileprivate var order: Int { kind == "parent" ? 0 : kind == "authority" ? 1 : 2 }
}

extension RecordMatrix {
    /// - Parameter isValid: false if validating resolvers refuse the answers, which are not shown as good then.
    func models(now: Timestamp, isValid: Bool = true) -> (columns: [DomainModel.Column], sets: [DomainModel.RecordSet])
    {
        let shown = columns.prefix(Self.mostColumns)
        let titles = shown.map { column in
            // A server is a host and one of its addresses.
            let words = Self.words(column.name).split(separator: " ", maxSplits: 1).map {
                Shown.text(String($0), limit: 80)
            }
            return DomainModel.Column(
                kind: column.kind, name: words.first ?? "", detail: words.count > 1 ? words[1] : "")
        }
        let sets = rows.filter { !$0.isQuiet }.map { row in
            let cells = shown.map { column -> DomainModel.RecordSet.Cell in
                guard let index = row.letters[column.source] else {
                    return .init(letter: "·", style: "idle", title: "not asked")
                }
                let group = row.groups[index]
                let text = group.values.map { $0.isEmpty ? "nothing" : $0.joined(separator: ", ") } ?? "rotates"
                if silent.contains(column.source) {
                    let title = "\(column.kind) \(column.name): no answer now; before: \(text)"
                    return .init(letter: group.letter, style: "idle", title: Shown.text(title, limit: 300))
                }
                return .init(
                    letter: group.letter, style: group.isOdd ? "bad" : index > 0 ? "warn" : isValid ? "good" : "idle",
                    title: Shown.text("\(column.kind) \(column.name): \(text)", limit: 300))
            }
            return DomainModel.RecordSet(
                owner: Shown.name(row.key.name), type: "\(row.key.type)", cells: cells,
                odd: row.groups.contains(where: \.isOdd), summary: summary(row),
                groups: row.groups.map { group($0, now: now) })
        }
        return (titles, sets)
    }

    /// The name of a source without trailing dots.
    private static func words(_ source: String) -> String {
        source.split(separator: " ").map { $0.hasSuffix(".") && $0.count > 1 ? String($0.dropLast()) : String($0) }
            .joined(separator: " ")
    }

    /// The number of RRsets that no source has.
    var quietRows: Int { rows.count { $0.isQuiet } }

    private func summary(_ row: Row) -> String {
        if row.groups.count > 1 { return "\(row.groups.count) different answers" }
        guard let values = row.groups.first?.values else { return "rotates" }
        return values.isEmpty ? "nothing" : Shown.text(values.joined(separator: ", "), limit: 120)
    }

    private func group(_ group: Group, now: Timestamp) -> DomainModel.RecordSet.Group {
        let values = group.values.map { $0.isEmpty ? ["nothing"] : $0 } ?? ["changes with every answer"]
        let isSilent = group.entries.allSatisfy { silent.contains($0.source) }
        return DomainModel.RecordSet.Group(
            letter: group.letter, style: isSilent ? "idle" : group.isOdd ? "bad" : "good",
            values: values.prefix(40).map { Shown.text($0) },
            who: Shown.text(
                group.entries.prefix(12).map { Self.words($0.source) }.joined(separator: ", "), limit: 600),
            since: Shown.time(group.entries.map(\.began).min() ?? now, now),
            ttl: group.entries.compactMap(\.ttl).min().map { Shown.count(Int($0)) })
    }
}
