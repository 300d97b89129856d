import DNSWire
import HTTPTypes
import Hummingbird
import LapwingCore
import LapwingStore

/// The list of incidents, as a page and in the API, with its filters.
extension Site {
    func incidentsPage(_ request: WebRequest) throws -> Response {
        let pages = IncidentPages(frame: frame(request), sources: sources)
        let query: IncidentsQuery = try request.query()
        var selection = IncidentPages.Selection()
        var faults: [String] = []
        selection.filter.state = query.state == "open" ? .open : .all
        selection.filter.severity = query.severity.flatMap(Severity.init(rawValue:))
        if let text = query.domain, !text.allSatisfy(\.isWhitespace) {
            selection.text = text
            do throws(EnteredName.Refusal) {
                selection.filter.domain = try enteredNames.read(text, meansSuffix: true).folded
            } catch {
                faults.append("\(error).")
            }
        }
        if let tag = query.tag, !tag.isEmpty {
            selection.tag = tag
            selection.filter.domains = domains(tag: tag)
        }
        selection.from = query.from ?? ""
        selection.to = query.to ?? ""
        do throws(Failure) {
            selection.filter = try bounded(selection.filter, from: query.from, to: query.to)
        } catch {
            faults.append(error.text)
        }
        return WebAnswer.html(
            try pages.list(
                selection, fault: faults.isEmpty ? nil : faults.joined(separator: " "),
                after: query.after.flatMap(IncidentPlace.init)))
    }

    func apiIncidents(_ request: WebRequest) throws -> Response {
        let query: ListQuery = try request.query()
        let limit = try limit(query)
        var filter = IncidentFilter()
        guard let state = IncidentFilter.State(rawValue: query.status ?? "all") else {
            throw Failure(.badRequest, "status: all, open or closed.")
        }
        filter.state = state
        filter.domain = try query.domain.map { try name($0) }
        filter.domains = query.tag.flatMap { $0.isEmpty ? nil : domains(tag: $0) }
        filter.severity = try query.severity.map { text in
            guard let severity = Severity(rawValue: text) else {
                throw Failure(.badRequest, "severity: info, notice, warning or critical.")
            }
            return severity
        }
        filter = try bounded(filter, from: query.from, to: query.to)
        let place = try cursor(query).map { text in
            guard let place = IncidentPlace(text) else { throw Failure(.badRequest, "This cursor is not valid.") }
            return place
        }
        let found = try sources.store.incidents(filter, after: place, limit: limit + 1)
        let page = found.prefix(limit)
        let next = found.count > limit ? page.last.map { Self.encoded(IncidentPlace($0).text) } : nil
        let rows = page.map { JSONText.incident($0) }
        return tagged(
            JSONText.object([("incidents", .list(rows)), ("next", .optional(next))]).description, request)
    }

    /// The subjects with a tag, as the store names them: watched domains and calculated healths.
    private func domains(tag: String) -> [String] {
        let content = board.content()
        let healths = content.figures.health.filter { $0.health.tags.contains(tag) }
        return content.roster.texts(tag: tag) + healths.map { $0.health.subject.description }
    }

    /// Returns the filter with bounds of time; a missing or an empty text is no bound.
    private func bounded(
        _ filter: IncidentFilter, from: String?, to: String?
    ) throws(Failure) -> IncidentFilter {
        var filter = filter
        if let from, !from.isEmpty {
            guard let moment = Timestamp(from) else {
                throw Failure(.badRequest, "from: a day such as 2026-12-01, or a time such as 2026-12-01T20:00:00Z.")
            }
            filter.from = moment
        }
        if let to, !to.isEmpty {
            guard let moment = Timestamp.end(of: to) else {
                throw Failure(.badRequest, "to: a day such as 2026-12-01, or a time such as 2026-12-01T20:00:00Z.")
            }
            filter.to = moment
        }
        if let from = filter.from, let to = filter.to, to <= from {
            throw Failure(.badRequest, "to: later than `from`.")
        }
        return filter
    }
}
