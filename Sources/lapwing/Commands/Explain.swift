import ArgumentParser
import LapwingCore
import LapwingStore

struct Explain: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "How an incident came about: what was seen, what was made of it, who was told.")

    @Argument(help: "The incident, as `lapwing incidents` shows it.")
    var incident: String

    @OptionGroup var storage: StoreOptions

    func run() throws {
        let store = try storage.open()
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
                return "\(entry.notice.event.rawValue) over \(entry.notice.channel), \(entry.attempts) tries, \(end)"
            })
        if let person = incident.acceptedBy { section("accepted", ["by \(person)"]) }
        section("rule", ["docs/findings/\(incident.code).md"])
    }

    private func section(_ title: String, _ lines: [String]) {
        guard !lines.isEmpty else { return }
        print("\(title):")
        for line in lines { print("  \(line)") }
    }
}
