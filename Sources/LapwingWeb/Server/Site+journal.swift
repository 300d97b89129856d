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

    /// By what somebody comes, for the journal.
    var way: String { isOfAPI ? "API" : "page" }

    /// Who asks, for the journal: as whom he came in, before what he says of himself.
    ///
    /// - Parameter said: who the request says it is from.
    func person(_ said: String? = nil) -> Person {
        let said = String((said ?? "").prefix(Self.longestName))
        let isSaid = !said.allSatisfy(\.isWhitespace)
        let name =
            switch visitor.name {
            case let name?: isSaid && said != name ? "\(name), for \(said)" : name
            case nil: isSaid ? said : "the \(way)"
            }
        return Person(name, from: "\(way), \(peer)")
    }
}
