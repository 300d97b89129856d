import ArgumentParser
import DNSWire
import LapwingCore
import LapwingStore

struct Explain: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract:
            "Explains an incident: observations, verdict, notices sent, and why others were not sent.")

    @Argument(help: "The incident, as `lapwing incidents` shows it, or a domain, for its unconfirmed suspicions.")
    var incident: String

    @OptionGroup var storage: StoreOptions

    func run() throws {
        let store = try storage.open()
        if let domain = DomainArgument(argument: incident)?.name, try explain(domain, store) { return }
        guard let incident = try store.incident(incident) else {
            StandardError.print("there is no incident `\(self.incident)`; `lapwing incidents` lists them")
            throw ExitCode.failure
        }
        verdict(incident)
        text("text", incident.fullText.split(separator: "\n").map(String.init))
        table(
            "changes", ["RECORD", "WAS", "IS", "SEEN BY"],
            incident.changes.map { change in
                [
                    "\(change.name)".withoutFinalDot + " \(change.kind)", Narrative.plain(Change.list(change.old)),
                    Narrative.plain(Change.list(change.new)),
                    change.seenBy.map(\.withoutFinalDot).joined(separator: ", "),
                ]
            })
        table("observed", ["AT", "WHAT"], incident.evidence.map { ["\($0.at)", $0.summary] })
        text("judged because", incident.text.grounds)
        table(
            "steps", ["AT", "EVENT", "SEVERITY", "CLASS", "WHAT"],
            incident.steps.map {
                ["\($0.at)", $0.event.rawValue, $0.severity.rawValue, $0.incidentClass.rawValue, $0.headline]
            })
        table(
            "notices", ["FROM", "EVENT", "CHANNEL", "TRIES", "RESULT"],
            try store.notices(of: incident.id).map { entry in
                let purpose = entry.notice.purpose.map { " (\($0.rawValue))" } ?? ""
                let result =
                    entry.finished.map { "\(entry.outcome.rawValue) at \($0): \(entry.receipt ?? "")" }
                    ?? "waiting, \(entry.receipt ?? "not tried yet")"
                return [
                    "\(entry.created)", entry.notice.event.rawValue + purpose, entry.notice.channel,
                    String(entry.attempts), result,
                ]
            })
        table("decisions", ["AT", "EVENT", "SEVERITY", "DECISION"], try reasons(store, incident))
        table(
            "acknowledged", ["BY", "UNTIL"],
            try store.acknowledgements(of: incident.id, at: currentTime).map { [$0.person, "\($0.until)"] })
        table("people", ["AT", "WHAT"], try store.acts(of: incident.id).map { ["\($0.at)", $0.sentence] })
        if let person = incident.acceptedBy { text("accepted", ["by \(person)"]) }
        text("rule", ["docs/findings/\(incident.code).md, or: lapwing findings \(incident.code)"])
    }

    /// Prints the headline, and whether the incident is open, at the top.
    private func verdict(_ incident: Incident) {
        let back = incident.backSince.map { ", put back since \($0.sentence) and still watched" } ?? ""
        let state = incident.closedAt.map { "over since \($0.sentence)" } ?? "open\(back)"
        text(
            "verdict",
            [
                "\(incident.incidentClass.rawValue), \(incident.severity.rawValue), rule \(incident.code); \(state), since "
                    + incident.since.sentence
            ])
    }

    /// Prints suspicions and open incidents of a domain; returns false if the domain is unknown.
    private func explain(_ domain: Name, _ store: Store) throws -> Bool {
        guard try store.incident(incident) == nil, try store.domains().contains(domain.folded),
            case .state(let state, _) = try store.recall(domain.folded, at: currentTime)
        else { return false }
        let waiting = state.book.suspicions.values
            .filter { $0.looks > 0 && $0.cause.flatMap(state.book.open) == nil }.sorted { $0.since < $1.since }
        table(
            "waits for confirmation", ["SINCE", "LOOKS", "POLLS", "FINDING"],
            waiting.map { suspicion in
                [
                    "\(suspicion.since)", String(suspicion.looks), String(suspicion.polls),
                    "\(suspicion.code.map { "\($0)" } ?? "?") \(suspicion.subject.map { "\($0)" } ?? "")",
                ]
            }, empty: "nothing")
        table(
            "open", ["INCIDENT", "SEVERITY", "SINCE", "WHAT"],
            try store.incidents(of: domain.folded, openOnly: true).map {
                [$0.id, $0.severity.rawValue, "\($0.since)", $0.words]
            }, empty: "nothing")
        let over = try store.incidents(of: domain.folded, limit: 100).filter { $0.closedAt != nil }
        table(
            "latest closed", ["INCIDENT", "SEVERITY", "SINCE", "CLOSED", "WHAT"],
            over.prefix(5).map {
                [$0.id, $0.severity.rawValue, "\($0.since)", $0.closedAt.map { "\($0)" } ?? "", $0.words]
            })
        return true
    }

    /// Returns the delivery decision for each event and channel.
    private func reasons(_ store: Store, _ incident: Incident) throws -> [[String]] {
        try store.tellings(of: incident.id).flatMap { event, tellings -> [[String]] in
            let beginning = ["\(event.at)", event.kind.rawValue, event.severity.rawValue]
            guard let tellings else { return [beginning + ["not decided yet"]] }
            return tellings.isEmpty
                ? [beginning + ["sent before"]] : tellings.map { beginning + [$0.sentence] }
        }
    }

    // MARK: Sections

    private static let indent = 2

    /// Prints sentences, wrapped to the width of the terminal.
    private func text(_ title: String, _ lines: [String]) {
        guard !lines.isEmpty else { return }
        print("\(title):")
        let margin = String(repeating: " ", count: Self.indent)
        for line in lines.map(\.visible) {
            guard let width = TextTable.terminalWidth else {
                print(margin + line)
                continue
            }
            for part in TextTable.wrapped(line, width: width - Self.indent) { print(margin + part) }
        }
    }

    /// - Parameter empty: the text to print if there are no rows; nil to omit the section.
    private func table(_ title: String, _ header: [String], _ rows: [[String]], empty: String? = nil) {
        guard !rows.isEmpty else {
            if let empty { text(title, [empty]) }
            return
        }
        print("\(title):")
        let table = TextTable(header: header, rows: rows)
        for line in table.lines(width: TextTable.terminalWidth, indent: Self.indent) { print(line) }
    }
}
