import DNSWire
import HTTPTypes
import Hummingbird
import LapwingCore
import LapwingStore

/// The differences between two moments, as a page and in the API.
extension Site {
    static let compareRoutes: [Route] = [
        Route(.get, "/compare", .linked) { site, request in
            let query: CompareQuery = try request.query()
            var fault: String?
            let span: (from: Timestamp, to: Timestamp)
            do throws(Failure) {
                span = try site.span(query)
            } catch {
                fault = error.text
                let now = site.sources.now()
                span = (now.adding(seconds: -Self.standardSpan), now)
            }
            let comparison = try site.comparison(span, tag: query.tag)
            return WebAnswer.html(
                try ComparePage(frame: site.frame(request)).render(
                    comparison, chosen: (query.from ?? "", query.to ?? ""), tag: query.tag ?? "", fault: fault))
        },
        Route(.get, "/api/v1/compare") { site, request in
            let query: CompareQuery = try request.query()
            return site.tagged(
                JSONText.comparison(try site.comparison(try site.span(query), tag: query.tag)).description, request)
        },
    ]

    /// A week, in seconds.
    private static let standardSpan: Int64 = 7 * 86_400
    private static let mostDays: Int64 = 3660

    /// Reads the two moments: a number of days ago and now, or two dates or times.
    private func span(_ query: CompareQuery) throws(Failure) -> (from: Timestamp, to: Timestamp) {
        let now = sources.now()
        if let text = query.days, !text.isEmpty {
            guard let days = Int64(text), (1...Self.mostDays).contains(days) else {
                throw Failure(.badRequest, "days: 1 to \(Self.mostDays).")
            }
            return (now.adding(seconds: -days * 86_400), now)
        }
        let from = try moment(query.from, "from", Timestamp.init(_:)) ?? now.adding(seconds: -Self.standardSpan)
        let to = min(try moment(query.to, "to", Timestamp.end(of:)) ?? now, now)
        guard from < to else { throw Failure(.badRequest, "from: a moment before `to`, and in the past.") }
        return (from, to)
    }

    private func moment(
        _ text: String?, _ key: String, _ read: (String) -> Timestamp?
    ) throws(Failure) -> Timestamp? {
        guard let text, !text.isEmpty else { return nil }
        guard let moment = read(text) else {
            throw Failure(.badRequest, "\(key): a day such as 2026-12-01, or a time such as 2026-12-01T20:00:00Z.")
        }
        return moment
    }

    private func comparison(_ span: (from: Timestamp, to: Timestamp), tag: String?) throws -> Comparison {
        let domains = tag.flatMap { $0.isEmpty ? nil : Set(board.content().roster.texts(tag: $0)) }
        return try Comparison(from: span.from, to: span.to, domains: domains, store: sources.store)
    }
}

extension JSONText {
    fileprivate static func comparison(_ comparison: Comparison) -> JSONText {
        func changes(_ list: [NetChange]) -> JSONText {
            .list(
                list.map { net in
                    .object([
                        ("domain", .text(net.domain.description)), ("name", .text(net.change.name.description)),
                        ("type", .text("\(net.change.kind)")), ("old", .texts(net.change.old)),
                        ("new", .texts(net.change.new)), ("seen_by", .texts(net.change.seenBy)),
                        ("first", .text(net.first.description)), ("last", .text(net.last.description)),
                        ("changes", .number(net.count)),
                    ])
                })
        }
        return .object([
            ("from", .text(comparison.from.description)), ("to", .text(comparison.to.description)),
            ("different", changes(comparison.different)), ("changed_and_back", changes(comparison.back)),
            (
                "incidents",
                .object([
                    ("new", .list(comparison.began.map { .incident($0) })),
                    ("over", .list(comparison.ended.map { .incident($0) })),
                    ("came_and_went", .list(comparison.passed.map { .incident($0) })),
                ])
            ),
            ("complete_from", .text((comparison.cutAt ?? comparison.from).description)),
        ])
    }
}
