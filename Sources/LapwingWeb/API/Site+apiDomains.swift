import DNSWire
import Foundation
import HTTPTypes
import Hummingbird
import LapwingCore
import NIOCore

extension Site {
    func apiDomains(_ request: WebRequest) throws -> Response {
        let query: ListQuery = try request.query()
        let limit = try limit(query)
        var selection = BoardSelection()
        selection.text = String((query.q ?? "").prefix(255))
        selection.tag = query.tag ?? ""
        let content = board.content()
        try share(query.shared, &selection, content)
        if let status = query.status {
            guard let condition = DomainCondition(rawValue: status) else {
                throw Failure(.badRequest, "status: ok, warning, critical or unknown.")
            }
            selection.condition = condition
        }
        // In the order of names, so that a cursor stays valid while states change.
        let marks = selection.marks(in: content)
        let first = try cursor(query).map { content.roster.rowAfter($0) } ?? 0
        let found = (first..<max(first, content.roster.rows.count)).lazy.filter { row in
            (selection.condition == nil || content.conditions[row] == selection.condition) && marks?[row] ?? true
        }.prefix(limit + 1)
        let shown = found.prefix(limit)
        let next = found.count > limit ? shown.last.map { content.roster.rows[$0].text } : nil
        return tagged(
            JSONText.object([
                ("domains", .list(shown.map { .domain(content.entry(row: $0)) })),
                ("total", .number(content.order.count)), ("next", .optional(next.map(Self.encoded))),
            ]).description, request)
    }

    func apiWatch(
        _ name: Name, _ options: String, status: HTTPResponse.Status, _ request: WebRequest
    ) async throws -> Response {
        try await watch(name, options: options, by: request.person())
        guard let entry = board.entry(name) else { throw Failure.missing("domain") }
        var response = WebAnswer.json(JSONText.domain(entry).description, status: status)
        if status == .created {
            response.headers[.location] = "\(request.base)/api/v1/domains/\(Escape.path(Shown.name(name)))"
        }
        return response
    }
}

extension WebRequest {
    /// Reads a request body about a domain: its name, and all other members as a JSON object.
    func wish() throws -> (name: String?, options: String) {
        guard isJSON else { throw Site.Failure(.unsupportedMediaType, "A body of type application/json is required.") }
        guard let object = try? JSONSerialization.jsonObject(with: Data(body.readableBytesView)),
            var fields = object as? [String: Any]
        else { throw Site.Failure(.badRequest, "The body is no JSON object.") }
        let name = fields.removeValue(forKey: "name")
        guard name == nil || name is String else { throw Site.Failure(.badRequest, "name: a text is required.") }
        let options = try JSONSerialization.data(
            withJSONObject: fields, options: [.sortedKeys, .withoutEscapingSlashes])
        return (name as? String, String(decoding: options, as: UTF8.self))
    }
}
