import DNSWire
import Hummingbird
import LapwingCore
import LapwingStore
import Logging

extension Site {
    static let journalRoutes: [Route] = [
        Route(.get, "/journal", .linked) { try $0.journalPage($1) },
        Route(.get, "/api/v1/journal") { try $0.apiJournal($1) },
    ]

    /// The longest name of a person that can be searched for.
    private static let longestPerson = 255

    private func journalPage(_ request: WebRequest) throws -> Response {
        let query: JournalQuery = try request.query()
        var selection = JournalPages.Selection()
        var fault: String?
        if let text = query.domain, !text.allSatisfy(\.isWhitespace) {
            selection.text = text
            do throws(EnteredName.Refusal) {
                selection.filter.domain = try enteredNames.read(text, meansSuffix: true).folded
            } catch {
                fault = "\(error)."
            }
        }
        if let text = query.person, !text.allSatisfy(\.isWhitespace) {
            selection.filter.person = String(text.prefix(Self.longestPerson))
        }
        selection.filter.kind = query.act.flatMap(Act.Kind.init(rawValue:))
        let pages = JournalPages(frame: frame(request), sources: sources)
        return WebAnswer.html(try pages.list(selection, fault: fault, before: query.before.flatMap { Int64($0) }))
    }

    private func apiJournal(_ request: WebRequest) throws -> Response {
        let query: ListQuery = try request.query()
        let limit = try limit(query)
        var filter = JournalFilter()
        filter.domain = try query.domain.map { try name($0).folded }
        filter.person = query.person.flatMap { $0.isEmpty ? nil : String($0.prefix(Self.longestPerson)) }
        filter.kind = try query.act.map { text in
            guard let kind = Act.Kind(rawValue: text) else {
                let words = Act.Kind.allCases.map(\.rawValue).joined(separator: ", ")
                throw Failure(.badRequest, "act: one of \(words).")
            }
            return kind
        }
        let place = try cursor(query).map { text in
            guard let number = Int64(text) else { throw Failure(.badRequest, "This cursor is not valid.") }
            return number
        }
        let page = try sources.store.journal(
            filter, before: place, limit: limit, seesAll: request.visitor.rights.seesWholeJournal)
        let next = page.next.map { Self.encoded("\($0)") }
        return tagged(
            JSONText.object([("entries", .list(page.acts.map(JSONText.entry))), ("next", .optional(next))]).description,
            request)
    }

    /// Adds an act to the journal that changes nothing else in the store. If the journal cannot be written, the request
    /// continues: viewing must not depend on the disk.
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
    /// Longer names that a client gives are cut.
    private static let longestName = 60

    /// Whether the request is of the API or of a machine endpoint, rather than of a page.
    var isOfAPI: Bool { visit.segments.first == "api" || visit.segments.first == "-" }

    /// The kind of access, for the journal.
    var way: String { isOfAPI ? "API" : "page" }

    /// The person who makes the request, for the journal: the authenticated user, followed by the name that the request
    /// gives.
    ///
    /// - Parameter said: the name in the request.
    func person(_ said: String? = nil) -> Person {
        let said = String((said ?? "").prefix(Self.longestName))
        let isSaid = !said.allSatisfy(\.isWhitespace)
        let name =
            switch visitor.name {
            case let name?: isSaid && said != name ? "\(name), for \(said)" : name
            case nil: isSaid ? said : "the \(way)"
            }
        return Person(name, from: (["\(way), \(peer)"] + [visitor.voucher].compactMap(\.self)).joined(separator: ", "))
    }
}
