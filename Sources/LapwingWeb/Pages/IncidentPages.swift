import DNSWire
import LapwingCore
import LapwingStore

/// The list of incidents, and the page of one.
struct IncidentPages {
    static let rowsPerPage = 100

    let frame: PageFrame
    let sources: WebSources

    /// The selection of the list, as it was entered.
    struct Selection {
        var filter = IncidentFilter()
        /// The entered domain, even if it is not valid.
        var text = ""
        var tag = ""
        /// Dates or times; empty for no bound.
        var from = ""
        var to = ""

        /// The query parameters of the same selection.
        var parameters: [(String, String)] {
            var parts: [(String, String)] = []
            if filter.state == .open { parts.append(("state", "open")) }
            if let domain = filter.domain { parts.append(("domain", Shown.name(domain))) }
            if let severity = filter.severity { parts.append(("severity", severity.rawValue)) }
            for (key, value) in [("tag", tag), ("from", from), ("to", to)] where !value.isEmpty {
                parts.append((key, value))
            }
            return parts
        }

        /// Returns the address of the same selection with further parameters.
        func address(_ more: [(String, String)] = []) -> String {
            let all = (parameters + more).map { "\($0)=\(Escape.query($1))" }.joined(separator: "&")
            return all.isEmpty ? "/incidents" : "/incidents?\(all)"
        }
    }

    /// Returns the incidents after a place in the list: open ones first by severity, then by their last step.
    func list(_ selection: Selection, fault: String? = nil, after place: IncidentPlace?) throws -> String {
        var found = try sources.store.incidents(selection.filter, after: place, limit: Self.rowsPerPage + 1)
        let next = found.count > Self.rowsPerPage ? found[Self.rowsPerPage - 1] : nil
        found = Array(found.prefix(Self.rowsPerPage))
        let open = found.filter { $0.closedAt == nil }.enumerated().sorted {
            ($1.element.presentSeverity, $0.offset) < ($0.element.presentSeverity, $1.offset)
        }.map(\.element)
        var all = selection
        all.filter.state = .all
        var openOnes = selection
        openOnes.filter.state = .open
        let isOpenOnly = selection.filter.state == .open
        let levels = [Severity.notice, .warning, .critical]
        let model = IncidentsModel(
            tabs: [
                TabModel(path: all.address(), word: "All", here: !isOpenOnly),
                TabModel(path: openOnes.address(), word: "Open", here: isOpenOnly),
            ],
            openOnly: isOpenOnly,
            domainText: selection.filter.domain.map(Shown.name) ?? Shown.text(selection.text, limit: 255),
            levels: ([nil] + levels.map(Optional.some)).map { level in
                let word = level.map { $0 == .critical ? "Critical" : "\($0.word) and worse" }
                return ChoiceModel(
                    value: level?.rawValue ?? "", word: word ?? "Any severity",
                    selected: level == selection.filter.severity)
            }, hasTags: !frame.content.roster.tags.isEmpty, tags: tags(selection.tag),
            from: Shown.text(selection.from, limit: 40), to: Shown.text(selection.to, limit: 40),
            fault: fault, rows: Self.grouped(open).map(groupRow) + found.filter { $0.closedAt != nil }.map(row),
            empty: selection.parameters.isEmpty && place == nil
                ? "No incidents." : "No incident matches.",
            next: next.map { selection.address([("after", IncidentPlace($0).text)]) })
        return try frame.render(model, title: "Incidents", path: "/incidents")
    }

    private func tags(_ chosen: String) -> [ChoiceModel] {
        ([""] + frame.content.roster.tags).map { tag in
            ChoiceModel(value: tag, word: tag.isEmpty ? "Any tag" : Shown.text(tag), selected: tag == chosen)
        }
    }

    /// Groups incidents with one shared cause, and changes that domains make alike, at the place of the worst of them.
    private static func grouped(_ incidents: [Incident]) -> [[Incident]] {
        var groups: [[Incident]] = []
        var places: [String: Int] = [:]
        for incident in incidents {
            let key = incident.common.map { "\($0) \(incident.incidentClass)" }
            if let place = key.flatMap({ places[$0] }) {
                groups[place].append(incident)
            } else {
                if let key { places[key] = groups.count }
                groups.append([incident])
            }
        }
        return groups
    }

    private func groupRow(_ group: [Incident]) -> IncidentsModel.Row {
        var model = row(group[0])
        guard group.count > 1 else { return model }
        model.isShared = true
        model.hasCausePage = group[0].shared != nil
        model.cause = Shown.cause(group[0].common ?? "")
        model.count = Shown.count(group.count)
        model.members = group.prefix(200).map {
            IncidentsModel.Member(id: Escape.path($0.id), domain: Shown.name($0.domain))
        }
        return model
    }

    /// The page of an incident's subject: the domain's page, or the row of a health on the board.
    private static func place(of incident: Incident) -> String {
        let path = Escape.path(Shown.name(incident.domain))
        return incident.code == .healthFailing ? "/#health-\(path)" : "/domains/\(path)"
    }

    private func row(_ incident: Incident) -> IncidentsModel.Row {
        let isBack = incident.closedAt == nil && incident.backSince != nil
        return IncidentsModel.Row(
            style: isBack ? incident.shownStyle : incident.severity.style,
            sign: isBack ? incident.shownSign : incident.severity.sign,
            severity: isBack ? incident.shownWord : incident.severity.word,
            id: Escape.path(incident.id), headline: Shown.text(incident.text.headline, limit: 600),
            domain: Shown.name(incident.domain), place: Self.place(of: incident),
            class: incident.incidentClass.rawValue, since: Shown.time(incident.since, frame.now),
            closed: incident.closedAt != nil,
            lasted: incident.closedAt.map { Shown.span($0.seconds(since: incident.openedAt)) },
            accepted: incident.acceptedBy != nil,
            back: isBack ? incident.backSince.map { Shown.time($0, frame.now) } : nil)
    }

    func story(_ incident: Incident) throws -> String {
        let store = sources.store
        let text = incident.text
        let isOpen = incident.closedAt == nil
        let canBeAccepted = incident.code.nature.canBeAccepted
        let help = FindingPages.help(incident.code.rawValue)
        // Read from the clock itself, so that a silence of a moment ago shows on the page that follows.
        let now = sources.now()
        let silences = try store.silences(at: now).filter { $0.covers(incident, at: now) }
        let acknowledged = try store.acknowledgements(of: incident.id, at: now).first
        let recovering = isOpen ? try recovering(incident) : nil
        let pill = recovering == nil ? "\(incident.severity.sign) \(incident.severity.word)" : Incident.backPill
        let model = IncidentModel(
            id: Escape.path(incident.id), headline: Shown.text(text.headline, limit: 600),
            domain: Shown.name(incident.domain), place: Self.place(of: incident),
            class: incident.incidentClass.rawValue, code: incident.code.rawValue, since: time(incident.since),
            closed: incident.closedAt.map(time),
            pillStyle: !isOpen ? "idle" : recovering == nil ? incident.severity.style : "warn",
            pill: isOpen ? pill : "✓ Closed",
            accepted: incident.acceptedBy.map { $0.isEmpty ? "somebody" : Shown.text($0, limit: 100) },
            acknowledged: acknowledged.map { "\(Shown.text($0.person, limit: 100)) until \($0.until.sentence)" },
            recovering: recovering,
            silences: silences.prefix(20).map { Shown.silence($0, frame.now) },
            advice: (recovering == nil ? text.advice : Self.adviceAfter(incident)).map { Shown.text($0) },
            check: text.check.map { Shown.text($0) },
            facts: text.facts.map { Shown.text($0) },
            grounds: text.grounds.isEmpty ? nil : IncidentModel.Grounds(list: text.grounds.map { Shown.text($0) }),
            isNot: text.isNot.map { Shown.text($0) }, changes: incident.changes.prefix(40).map(change), isOpen: isOpen,
            record: incident.onlyRecord.map { "\(Shown.name($0.name)) \(Shown.text("\($0.type)", limit: 60))" },
            acceptable: canBeAccepted && isOpen, normal: Shown.text(incident.normal, limit: 600),
            isGrave: incident.severity == .critical && recovering == nil, isFault: !canBeAccepted && isOpen,
            notes: try store.notes(of: incident.id).map {
                RemarkModel(at: time($0.at), text: Shown.text($0.text, limit: 600))
            },
            help: help.isEmpty ? nil : IncidentModel.Help(blocks: help), steps: incident.steps.map(step),
            acts: try store.acts(of: incident.id).map { RemarkModel(at: time($0.at), text: Shown.act($0)) },
            cause: try cause(incident),
            evidence: incident.evidence.map {
                IncidentModel.Evidence(at: time($0.at), summary: Shown.text($0.summary, limit: 800))
            },
            notices: try notices(incident), reasons: try reasons(incident))
        return try frame.render(model, title: Shown.title(text.headline, of: incident.domain), path: "/incidents")
    }

    /// Advice for an incident whose changes are all undone; most have none.
    private static func adviceAfter(_ incident: Incident) -> String? {
        incident.incidentClass == .hijackSuspected
            ? "All is as before. Find out who could do this, and revoke their access, before it happens again." : nil
    }

    private func time(_ moment: Timestamp) -> MomentModel { Shown.time(moment, frame.now) }

    private func change(_ change: Change) -> IncidentModel.Change {
        IncidentModel.Change(
            what: "\(Shown.name(change.name)) \(Shown.text("\(change.kind)", limit: 60))",
            old: change.removed.prefix(20).map { Shown.text($0, limit: 600) },
            new: change.added.prefix(20).map { Shown.text($0, limit: 600) },
            seen: Shown.sources(change.seenBy.prefix(12), limit: 400),
            caches: change.caches(beside: frame.now).map { Shown.text($0, limit: 600) })
    }

    private func step(_ step: Incident.Step) -> IncidentModel.Step {
        IncidentModel.Step(
            at: time(step.at), style: step.event == .close ? "good" : step.severity.style,
            word: ["open": "Opened", "update": "Changed", "close": "Closed"][step.event.rawValue] ?? "",
            headline: Shown.text(step.headline, limit: 600))
    }

    /// The reasons why channels were notified or not, for the latest events.
    private func reasons(_ incident: Incident) throws -> [IncidentModel.Reason] {
        let reasons = try sources.store.tellings(of: incident.id).flatMap { event, tellings in
            (tellings ?? []).map { telling in
                IncidentModel.Reason(
                    at: time(event.at), event: event.kind.rawValue, text: Shown.text(telling.sentence, limit: 900))
            }
        }
        return Array(reasons.suffix(100))
    }

    /// The moment since which all changes of an incident are undone; nil if any of them lasts, or nothing was changed.
    private func backSince(_ incident: Incident) throws -> Timestamp? {
        guard !incident.changes.isEmpty else { return incident.backSince }
        let spans = ChangeSpan.spans(try sources.store.changes(of: incident.domain, limit: 500))
        var latest: Timestamp?
        for change in incident.changes {
            guard let span = spans.last(where: { $0.change.isAbout(change) }), let until = span.until else {
                return nil
            }
            latest = max(latest ?? until, until)
        }
        return latest
    }

    /// The state of an open incident whose changes are all undone: since when, and how long watching continues; nil if
    /// any change lasts.
    func recovering(_ incident: Incident) throws -> IncidentModel.Recovering? {
        guard let back = try backSince(incident) else { return nil }
        guard case .after(let seconds) = incident.clearing else { return .init(since: time(back)) }
        return .init(since: time(back), until: time(incident.lastFound.adding(seconds: seconds)))
    }

    /// The notices of each event, in their order.
    private func notices(_ incident: Incident) throws -> [IncidentModel.Notices] {
        var groups: [IncidentModel.Notices] = []
        for entry in try sources.store.notices(of: incident.id).prefix(100) {
            let event = "\(entry.notice.event.rawValue), \(entry.notice.at.sentence)"
            let model = IncidentModel.Notices.Entry(
                channel: Shown.text(entry.notice.channel, limit: 100), delivery: entry.delivery(frame.now),
                style: entry.outcome.style, sign: entry.outcome.sign)
            if let place = groups.firstIndex(where: { $0.event == event }) {
                groups[place].entries.append(model)
            } else {
                groups.append(IncidentModel.Notices(event: event, entries: [model]))
            }
        }
        return groups
    }
}
