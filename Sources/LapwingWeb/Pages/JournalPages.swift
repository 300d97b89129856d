import DNSWire
import LapwingCore
import LapwingStore

/// The list of acts of users.
struct JournalPages {
    static let rowsPerPage = 100

    let frame: PageFrame
    let sources: WebSources

    /// The selection of the journal, as it was entered.
    struct Selection {
        var filter = JournalFilter()
        /// The entered domain, even if it is not valid.
        var text = ""

        /// Returns the address of the same selection before an entry.
        func address(before number: Int64) -> String {
            var parts: [(String, String)] = []
            if let domain = filter.domain { parts.append(("domain", Shown.name(domain))) }
            if let person = filter.person { parts.append(("person", person)) }
            if let kind = filter.kind { parts.append(("act", kind.rawValue)) }
            parts.append(("before", "\(number)"))
            return "/journal?" + parts.map { "\($0)=\(Escape.query($1))" }.joined(separator: "&")
        }
    }

    func list(_ selection: Selection, fault: String?, before number: Int64?) throws -> String {
        let seesAll = frame.rights.seesWholeJournal
        let page = try sources.store.journal(
            selection.filter, before: number, limit: Self.rowsPerPage, seesAll: seesAll)
        let isNarrowed = selection.filter != JournalFilter() || number != nil
        let model = JournalModel(
            domainText: selection.filter.domain.map(Shown.name) ?? Shown.text(selection.text, limit: 255),
            personText: Shown.text(selection.filter.person ?? "", limit: 255),
            kinds: ([nil] + Act.Kind.allCases.map(Optional.some)).map { kind in
                ChoiceModel(
                    value: kind?.rawValue ?? "", word: kind?.rawValue ?? "Anything",
                    selected: kind == selection.filter.kind)
            }, fault: fault, rows: page.acts.map(row),
            empty: isNarrowed ? "No entry matches." : "No actions yet.",
            scope: seesAll ? nil : "These are the entries about domains that you may see; operators see all.",
            next: page.next.map(selection.address(before:)))
        return try frame.render(model, title: "Journal", path: "/journal")
    }

    private func row(_ act: Act) -> JournalModel.Row {
        JournalModel.Row(
            number: "\(act.id)", at: Shown.time(act.at, frame.now), sentence: Shown.text(act.sentence, limit: 1000),
            origin: act.origin.isEmpty ? nil : Shown.text(act.origin, limit: 200),
            domain: act.domain.map { domain in
                DomainLinkModel(path: Escape.path(Shown.name(domain)), domain: Shown.name(domain))
            }, incident: act.incident.map(Escape.path), before: act.before.map { Shown.text($0, limit: 600) },
            after: act.after.map { Shown.text($0, limit: 600) })
    }
}

extension Rights {
    /// Whether the user sees the complete journal: log-ins with their addresses are for operators only.
    var seesWholeJournal: Bool { role >= .run && tags == nil }
}
