import HTTPTypes
import Hummingbird
import LapwingCore

/// The properties that domains share, as a page and in the API.
extension Site {
    static let sharedRoutes: [Route] = [
        Route(.get, "/shared", .linked) { site, request in
            let query: SharedQuery = try request.query()
            let frame = site.frame(request)
            let page = SharedPage(frame: frame, parts: site.board.sharedParts(frame.content))
            return WebAnswer.html(try page.render(try Self.kind(query.kind), tag: query.tag ?? ""))
        },
        Route(.get, "/api/v1/shared") { site, request in
            let query: SharedQuery = try request.query()
            return try site.apiShared(try Self.kind(query.kind), tag: query.tag ?? "", request)
        },
    ]

    /// The largest number of items of one kind in the API.
    private static let mostShared = 1000

    private static func kind(_ text: String?) throws -> SharedParts.Kind? {
        guard let text, !text.isEmpty else { return nil }
        guard let kind = SharedParts.Kind(rawValue: text) else {
            let all = SharedParts.Kind.allCases.map(\.rawValue).joined(separator: ", ")
            throw Failure(.badRequest, "kind: one of \(all).")
        }
        return kind
    }

    /// Narrows a selection to the domains with a shared property; an empty text leaves it unchanged.
    func share(_ text: String?, _ selection: inout BoardSelection, _ content: BoardIndex.Content) throws {
        guard let text, !text.isEmpty else { return }
        guard let key = SharedParts.Key(text) else {
            throw Failure(.badRequest, "shared: a kind and a name, such as dns:example.net.")
        }
        selection.shared = key
        selection.sharing = board.sharedParts(content).rows(of: key)
    }

    private func apiShared(_ kind: SharedParts.Kind?, tag: String, _ request: WebRequest) throws -> Response {
        let content = board.content()
        let index = board.sharedParts(content)
        let marks = tag.isEmpty ? nil : content.roster.marks(tag: tag)
        let parts = index.parts(content.conditions, among: marks)
        let kinds = kind.map { [$0] } ?? SharedParts.Kind.allCases
        let rows = kinds.flatMap { (parts[$0] ?? []).prefix(Self.mostShared) }.map { part in
            let healthy = part.count - part.failing - part.warned - part.unknown
            return JSONText.object([
                ("kind", .text(part.key.kind.rawValue)), ("name", .text(part.key.name)),
                ("domains", .number(part.count)),
                (
                    "conditions",
                    .object([
                        ("critical", .number(part.failing)), ("warning", .number(part.warned)),
                        ("ok", .number(healthy)), ("unknown", .number(part.unknown)),
                    ])
                ),
                ("shared", .text(part.key.text)),
            ])
        }
        return tagged(
            JSONText.object([
                ("shared", .list(rows)), ("looked_at", .number(index.known)),
                ("total", .number(content.roster.rows.count)),
            ]).description, request)
    }
}
