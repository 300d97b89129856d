import DNSWire
import LapwingCore
import LapwingImport

/// The result of an import, for people and for programs.
struct ImportReport {
    let input: String
    let label: String
    let format: ImportFormat
    let plan: ImportPlan
    let faultCount: Int
    let prunes: Bool
    /// The place that was written; nil if none was.
    var written: ImportTarget.Place?
    /// Whether the daemon reads the file that was written.
    var isReadByDaemon = true
    /// Whether writing was requested.
    var wasAsked = false
    /// Whether nothing was written because an entry was refused.
    var wasHeldBack = false

    /// Reports an input that cannot be used at all.
    static func refused(_ fault: ImportFault, _ output: OutputOptions) throws {
        StandardError.print("\(fault.place): error: \(fault.reason)".visible)
        StandardError.print("nothing was imported")
        if output.format == .json || output.format == .jsonl {
            try JSONOutput.print(Failure(error: Fault(fault)))
        }
    }

    func show(_ output: OutputOptions) throws {
        switch output.format {
        case .json: try JSONOutput.print(Document(self))
        case .jsonl: try JSONOutput.print(line: Document(self))
        default: showText()
        }
    }

    private func showText() {
        for entry in plan.entries {
            guard let line = line(entry) else { continue }
            print(line.visible)
        }
        for fault in plan.faults {
            let mark = fault.weight == .leftOut ? "-" : "!"
            StandardError.print("\(mark) \(fault)".visible)
        }
        if faultCount > plan.faults.count {
            StandardError.print("and \(faultCount - plan.faults.count) more that are refused")
        }
        print("\(input == "-" ? "standard input" : input) is \(format.title): \(counts)".visible)
        print(outcome)
    }

    private func line(_ entry: ImportPlan.Entry) -> String? {
        let name = DomainsText.plain(entry.name)
        switch entry.standing {
        case .unchanged: return nil
        case .new: return "+ \(name)\(Self.summary(entry.options))"
        case .changed:
            let changes = entry.changes.map { change in
                change.key == "names"
                    ? Self.difference(change.old, change.new)
                    : "\(change.key): \(Self.text(change.old)) → \(Self.text(change.new))"
            }
            return "~ \(name)  \(changes.joined(separator: "; "))"
        case .gone:
            return "\(prunes ? "x" : "?") \(name)  is no longer in it\(prunes ? "" : " (--prune stops watching it)")"
        case .elsewhere: return "= \(name)  is watched by \(entry.holder ?? "something else"), which is left as it is"
        }
    }

    /// Summarises the options of a domain in a few words.
    static func summary(_ options: DomainOptions) -> String {
        var parts: [String] = []
        if let names = options["names"]?.members?.map(\.key) ?? options["names"]?.list?.compactMap(\.text) {
            let shown = names.prefix(4).joined(separator: ", ")
            parts.append(names.count > 4 ? "\(names.count) names: \(shown) …" : "names \(shown)")
        }
        for key in ["expires", "tags"] where options[key] != nil { parts.append("\(key) \(text(options[key]))") }
        let further = options.members.map(\.key).filter { !["names", "expires", "tags"].contains($0) }
        if !further.isEmpty { parts.append(further.joined(separator: ", ")) }
        return parts.isEmpty ? "" : "  " + parts.joined(separator: "; ")
    }

    private static func text(_ value: DocumentValue?) -> String {
        guard let value else { return "nothing" }
        return value.text ?? value.list.map { $0.map { $0.text ?? $0.json }.joined(separator: ", ") } ?? value.json
    }

    /// Returns the names that are added and removed.
    private static func difference(_ old: DocumentValue?, _ new: DocumentValue?) -> String {
        func entries(_ value: DocumentValue?) -> [String: String] {
            let members = value?.members?.map { ($0.key, $0.value.json) } ?? value?.texts.map { ($0, "") } ?? []
            return Dictionary(members) { $1 }
        }
        let (before, after) = (entries(old), entries(new))
        let come = after.keys.filter { before[$0] == nil }.sorted()
        let go = before.keys.filter { after[$0] == nil }.sorted()
        let other = after.keys.filter { before[$0] != nil && before[$0] != after[$0] }.sorted()
        func list(_ mark: String, _ names: [String]) -> String? {
            guard !names.isEmpty else { return nil }
            return mark + names.prefix(8).joined(separator: " \(mark)") + (names.count > 8 ? " … (\(names.count))" : "")
        }
        return "names: " + [list("+", come), list("-", go), list("~", other)].compactMap(\.self).joined(separator: " ")
    }

    private var counts: String {
        var parts = [
            (plan.count(.new), "new"), (plan.count(.changed), "changed"), (plan.count(.unchanged), "unchanged"),
            (plan.count(.gone), "gone"), (plan.count(.elsewhere), "watched otherwise"),
        ].filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
        let refused = plan.faults.count { $0.weight != .leftOut }
        if refused > 0 { parts.append("\(refused) refused") }
        let left = plan.faults.count - refused
        if left > 0 { parts.append("\(left) left out") }
        return parts.isEmpty ? "no domains" : parts.joined(separator: ", ")
    }

    private var outcome: String {
        switch written {
        case .file(let path) where !isReadByDaemon:
            return
                "written: \(path.visible); this is not the folder conf.d beside the configuration, so nothing reads it"
        case .file(let path):
            return "written: \(path.visible); a running daemon applies it at the next reload (SIGHUP, or auto_reload)"
        case .store(let path):
            return "written: the store \(path.visible); a running daemon applies it at the next reload (SIGHUP)"
        case nil: break
        }
        if wasHeldBack { return "nothing was written: some input is refused, and --strict is set" }
        if !plan.changesAnything(prunes: prunes) { return "nothing to change" }
        return wasAsked ? "nothing was written" : "nothing was written: --into conf.d or --into store does it"
    }

    // MARK: JSON

    private struct Failure: Encodable {
        var error: Fault
    }

    private struct Fault: Encodable {
        var file: String
        var line: Int?
        var column: Int?
        var path: String?
        var reason: String
        var weight: String

        init(_ fault: ImportFault) {
            file = fault.place.file
            line = fault.place.line == 0 ? nil : fault.place.line
            column = fault.place.column == 0 ? nil : fault.place.column
            path = fault.place.path.isEmpty ? nil : fault.place.path
            reason = fault.reason
            weight = fault.weight == .leftOut ? "left_out" : fault.weight.rawValue
        }
    }

    private struct Entry: Encodable {
        var name: String
        var options: [String: Value]
        var changes: [String]?
        var place: String?

        init(_ entry: ImportPlan.Entry) {
            name = entry.name.description
            options = Dictionary(entry.options.members.map { ($0.key, Value(value: $0.value)) }) { $1 }
            changes = entry.standing == .changed ? entry.changes.map(\.key) : nil
            place = entry.place?.description
        }
    }

    /// A value of the options as JSON.
    struct Value: Encodable {
        struct Key: CodingKey {
            var stringValue: String
            var intValue: Int? { nil }
            init(stringValue: String) { self.stringValue = stringValue }
            init?(intValue: Int) { nil }
        }

        var value: DocumentValue

        func encode(to encoder: any Encoder) throws {
            switch value.content {
            case .null:
                var container = encoder.singleValueContainer()
                try container.encodeNil()
            case .scalar(let text): try text.encode(to: encoder)
            case .list(let members): try members.map(Value.init).encode(to: encoder)
            case .mapping(let members):
                var container = encoder.container(keyedBy: Key.self)
                for member in members {
                    try container.encode(Value(value: member.value), forKey: Key(stringValue: member.key))
                }
            }
        }
    }

    private struct Document: Encodable {
        var input: String
        var source: String
        var format: String
        var new: [Entry]
        var changed: [Entry]
        var gone: [String]
        var elsewhere: [String]
        var unchanged: Int
        var refused: [Fault]
        var left_out: [Fault]
        var written: String?

        init(_ report: ImportReport) {
            let plan = report.plan
            input = report.input
            source = report.label
            format = report.format.rawValue
            new = plan.entries(.new).map(Entry.init)
            changed = plan.entries(.changed).map(Entry.init)
            gone = plan.entries(.gone).map(\.name.description)
            elsewhere = plan.entries(.elsewhere).map(\.name.description)
            unchanged = plan.count(.unchanged)
            refused = plan.faults.filter { $0.weight != .leftOut }.map(Fault.init)
            left_out = plan.faults.filter { $0.weight == .leftOut }.map(Fault.init)
            written =
                switch report.written {
                case .file(let path): path
                case .store(let path): path
                case nil: nil
                }
        }
    }
}
