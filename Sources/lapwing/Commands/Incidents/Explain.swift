import ArgumentParser
import DNSWire
import LapwingCore
import LapwingStore

struct Explain: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract:
            "How an incident came about: what was seen, what was made of it, who was told, and why others were not.")

    @Argument(help: "The incident, as `lapwing incidents` shows it, or a domain for what waits for confirmation.")
    var incident: String

    @OptionGroup var storage: StoreOptions

    func run() throws {
        let store = try storage.open()
        if let domain = DomainArgument(argument: incident)?.name, try explain(domain, store) { return }
        guard let incident = try store.incident(incident) else {
            StandardError.print("there is no incident `\(self.incident)`")
            throw ExitCode.failure
        }
        section("verdict", ["\(incident.incidentClass.rawValue), \(incident.severity.rawValue), rule \(incident.code)"])
        section("text", incident.fullText.split(separator: "\n").map(String.init))
        section("changes", incident.changes.map { "\($0.sentence) (seen by \($0.seenBy.joined(separator: ", ")))" })
        section("observed", incident.evidence.map { "\($0.at)  \($0.summary)" })
        section("judged because", incident.text.grounds)
        section(
            "steps",
            incident.steps.map {
                "\($0.at)  \($0.event.rawValue)  \($0.incidentClass.rawValue) \($0.severity.rawValue)  \($0.headline)"
            })
        section(
            "told",
            try store.notices(of: incident.id).map { entry in
                let end =
                    entry.finished.map { "at \($0): \(entry.receipt ?? "")" }
                    ?? "waiting, \(entry.receipt ?? "not tried yet")"
                let purpose = entry.notice.purpose.map { " (\($0.rawValue))" } ?? ""
                let what = "\(entry.notice.event.rawValue)\(purpose) over \(entry.notice.channel)"
                return "\(what), \(entry.attempts) tries, \(end)"
            })
        try section("who was told, and why", reasons(store, incident))
        let now = currentTime
        section(
            "acknowledged",
            try store.acknowledgements(of: incident.id, at: now).map { "by \($0.person) until \($0.until)" })
        section("people", try store.acts(of: incident.id).map { "\($0.at)  \($0.sentence)" })
        if let person = incident.acceptedBy { section("accepted", ["by \(person)"]) }
        section("rule", ["docs/findings/\(incident.code).md"])
    }

    /// What waits for confirmation, and what is open; false where nothing is known of the domain.
    private func explain(_ domain: Name, _ store: Store) throws -> Bool {
        guard try store.incident(incident) == nil, try store.domains().contains(domain.folded),
            case .state(let state, _) = try store.recall(domain.folded, at: currentTime)
        else { return false }
        let waiting = state.book.suspicions.values
            .filter { $0.looks > 0 && $0.cause.flatMap(state.book.open) == nil }.sorted { $0.since < $1.since }
        section(
            "waits for confirmation",
            waiting.isEmpty
                ? ["nothing"]
                : waiting.map { suspicion in
                    "\(suspicion.code.map { "\($0)" } ?? "?") \(suspicion.subject.map { "\($0)" } ?? ""): seen in "
                        + "\(suspicion.looks) looks, \(suspicion.polls) of them polls, since \(suspicion.since)"
                })
        let open = try store.incidents(of: domain.folded, openOnly: true)
        section(
            "open", open.isEmpty ? ["nothing"] : open.map { "\($0.id)  \($0.severity.rawValue)  \($0.text.headline)" })
        return true
    }

    /// What became of each event at each channel.
    private func reasons(_ store: Store, _ incident: Incident) throws -> [String] {
        try store.tellings(of: incident.id).flatMap { event, tellings -> [String] in
            let name = "\(event.at)  \(event.kind.rawValue) (\(event.severity.rawValue))"
            guard let tellings else { return ["\(name): not decided yet"] }
            return tellings.isEmpty ? ["\(name): told before"] : tellings.map { "\(name): \($0.sentence)" }
        }
    }

    private func section(_ title: String, _ lines: [String]) {
        guard !lines.isEmpty else { return }
        print("\(title):")
        for line in lines { print("  " + line.visible) }
    }
}
