import DNSWire
import LapwingCore
import LapwingStore
import Logging

extension Site {
    /// Keeps an act in the journal that changes nothing in the store. Where the journal cannot be written it goes on: what
    /// somebody looks at does not depend on a disk.
    func note(_ kind: Act.Kind, _ request: WebRequest, domain: Name? = nil, text: String = "") {
        let act = Act(at: sources.now(), kind, by: request.person(), domain: domain?.folded, text: text)
        do {
            try sources.store.add(act)
        } catch {
            log.error("the journal cannot be written", metadata: ["act": "\(act.sentence)", "fault": "\(error)"])
        }
    }
}

extension WebRequest {
    /// Longer names that somebody gives for his own are cut.
    private static let longestName = 60

    /// Whether programs ask for it, not people.
    var isOfAPI: Bool { visit.segments.first == "api" || visit.segments.first == "-" }

    /// Who asks, for the journal.
    ///
    /// - Parameter said: who the request says it is from.
    func person(_ said: String? = nil) -> Person {
        let way = isOfAPI ? "API" : "page"
        let name = String((said ?? "").prefix(Self.longestName))
        return Person(name.allSatisfy(\.isWhitespace) ? "the \(way)" : name, from: "\(way), \(peer)")
    }
}
