import ArgumentParser
import DNSWire
import Foundation
import LapwingConfig
import LapwingCore
import LapwingImport
import LapwingProbes
import LapwingStore

struct ExportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Writes the watched domains, incidents, changes or the journal to standard output.",
        discussion: """
            The domains of the configuration and those added at run time, with all their settings, so that \
            `lapwing import` restores them. --incidents, --history and --journal write JSON lines instead, the oldest first.

            Examples:
              lapwing export >domains.yml
              lapwing export --format csv >domains.csv
              lapwing export --incidents --history | gzip >history.jsonl.gz
              lapwing export --journal >journal.jsonl
            """)

    enum Format: String, ExpressibleByArgument, CaseIterable {
        case yaml, csv, json
    }

    @Option(help: "yaml, csv or json.")
    var format: Format?

    @Option(help: "Only domains that carry this tag.")
    var tag: String?

    @Flag(help: "The incidents, a JSON object a line.")
    var incidents = false

    @Flag(help: "Each change, and what each source served from when to when, a JSON object a line.")
    var history = false

    @Flag(help: "The journal of what people did, with hashes for verification, a JSON object a line.")
    var journal = false

    @OptionGroup var storage: StoreOptions

    private var isOfLines: Bool { incidents || history || journal }

    func validate() throws {
        guard !isOfLines || format == nil else {
            throw ValidationError("--incidents, --history and --journal are JSON lines; --format is for the domains")
        }
        guard !isOfLines || tag == nil else {
            throw ValidationError("--tag narrows the domains only")
        }
    }

    func run() throws {
        if isOfLines { return try writeHistory() }
        let output = LineWriter()
        let domains = try watches()
        switch format ?? .yaml {
        case .yaml:
            output.write(domains.isEmpty ? "domains: []\n" : "domains:\n")
            for (name, options) in domains { output.write(DomainsText.yaml(name, options)) }
        case .csv:
            output.write(DomainsTable.header)
            for (name, options) in domains { output.write(DomainsTable.row(name, options)) }
        case .json:
            output.write("{\"domains\": [")
            for (index, domain) in domains.enumerated() {
                var entry = DomainOptions([("name", .text(domain.0.description))])
                entry = entry.merged(with: domain.1)
                output.write((index > 0 ? ",\n" : "\n") + entry.json)
            }
            output.write("\n]}\n")
        }
        output.flush()
    }

    /// Returns the watches with their options, lazily, since there may be a million.
    private func watches() throws -> LazyMapCollection<[Watch], (Name, DomainOptions)> {
        let (settings, reader) = try SettingsFile.readAll(SettingsFile.Source(storage.config))
        var watches = settings.watches
        let path = storage.store ?? settings.store
        if StoreLocation(path).isThere {
            let named = Set(watches.map(\.domain.folded))
            for entry in try storage.open(.reader).addedDomains() where !named.contains(entry.domain.folded) {
                do throws(ConfigFaults) {
                    watches.append(try reader.watch(entry.domain, options: entry.options))
                } catch {
                    StandardError.print("\(entry.domain): \(error.faults.map(\.text).joined(separator: "; "))".visible)
                }
            }
        }
        if let tag { watches.removeAll { !$0.tags.contains(tag) } }
        watches.sort { $0.domain < $1.domain }
        return watches.lazy.map { watch in
            let isSuffix = RegistrableDomain.isSuffix(watch.domain)
            let preset = try? reader.watch(watch.domain, options: isSuffix ? "{suffix: true}" : "{}")
            return (
                watch.domain, DomainOptions(of: watch, presets: [preset].compactMap(\.self), isSuffix: isSuffix)
            )
        }
    }

    private func writeHistory() throws {
        let store = try storage.open(.reader)
        let output = LineWriter()
        if incidents {
            try store.eachIncident { incident in
                output.write(try JSONOutput.text(IncidentLine(incident)) + "\n")
            }
        }
        if history {
            try store.eachChange { output.write(try JSONOutput.text(ChangeLine($0)) + "\n") }
            try store.eachSighting { domain, entry in
                output.write(try JSONOutput.text(ServedLine(domain: "\(domain)", served: History.Row(entry))) + "\n")
            }
        }
        if journal {
            var previous = ""
            try store.eachAct { number, hash in
                output.write(try JSONOutput.text(AnchorLine(number: number, hash: hash)) + "\n")
                previous = hash
            } _: { act in
                output.write(try JSONOutput.text(ActLine(act, after: previous)) + "\n")
                previous = act.hash
            }
        }
        output.flush()
    }

    /// The entry before the first one of the journal; its number is 0 if none was deleted yet.
    private struct AnchorLine: Encodable {
        var kind = "journal-anchor"
        var number: Int64
        var hash: String
    }

    private struct ActLine: Encodable {
        enum CodingKeys: String, CodingKey {
            case kind, number, at, milliseconds, act, by, from, incident, domain, text, before, after, previous, hash
        }

        var kind = "journal"
        var number: Int64
        var at: String
        var milliseconds: Int64
        var act: String
        var by: String
        var from: String?
        var incident: String?
        var domain: String?
        var text: String
        var before: String?
        var after: String?
        var previous: String
        var hash: String

        init(_ act: Act, after previous: String) {
            number = act.id
            at = "\(act.at)"
            milliseconds = act.at.milliseconds
            self.act = act.kind.rawValue
            by = act.person
            from = act.origin.isEmpty ? nil : act.origin
            incident = act.incident
            domain = act.domain?.description
            text = act.text
            before = act.before
            after = act.after
            self.previous = previous
            hash = act.hash
        }
    }

    private struct IncidentLine: Encodable {
        enum CodingKeys: String, CodingKey { case kind, changes, steps, subject }

        var row: Incidents.Row
        var incident: Incident

        init(_ incident: Incident) {
            row = Incidents.Row(incident)
            self.incident = incident
        }

        func encode(to encoder: any Encoder) throws {
            try row.encode(to: encoder)
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode("incident", forKey: .kind)
            try container.encode(incident.changes.map(ChangeFields.init), forKey: .changes)
            try container.encode(incident.steps.map(StepFields.init), forKey: .steps)
            try container.encodeIfPresent(incident.subject.map { "\($0.name) \($0.type)" }, forKey: .subject)
        }
    }

    private struct StepFields: Encodable {
        var at: String
        var event: String
        var severity: String
        var title: String

        init(_ step: Incident.Step) {
            at = "\(step.at)"
            event = step.event.rawValue
            severity = step.severity.rawValue
            title = step.headline
        }
    }

    private struct ChangeFields: Encodable {
        var name: String
        var type: String
        var old: [String]
        var new: [String]
        var seen_by: [String]

        init(_ change: Change) {
            name = "\(change.name)"
            type = "\(change.kind)"
            old = change.old
            new = change.new
            seen_by = change.seenBy
        }
    }

    private struct ChangeLine: Encodable {
        var kind = "change"
        var id: Int64
        var domain: String
        var at: String
        var change: ChangeFields

        init(_ stored: StoredChange) {
            id = stored.id
            domain = "\(stored.domain)"
            at = "\(stored.at)"
            change = ChangeFields(stored.change)
        }
    }

    private struct ServedLine: Encodable {
        enum CodingKeys: String, CodingKey { case kind, domain }

        var domain: String
        var served: History.Row

        func encode(to encoder: any Encoder) throws {
            try served.encode(to: encoder)
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode("served", forKey: .kind)
            try container.encode(domain, forKey: .domain)
        }
    }
}

/// Buffers standard output: one system call for each line would be slow.
private final class LineWriter {
    private var text = ""

    func write(_ more: String) {
        text += more
        if text.utf8.count > 1 << 16 { flush() }
    }

    func flush() {
        print(text, terminator: "")
        text = ""
    }
}
