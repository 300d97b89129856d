import DNSWire
import HTTPTypes
import Hummingbird
import LapwingCore
import LapwingStore

/// Feeds: dates as a calendar, changes as Atom and JSON Feed. Each lies at an address behind the login and at a signed one
/// that whoever has it can subscribe to.
extension Site {
    static let feedRoutes: [Route] = [
        Route(.get, "/calendar.ics", .linked) { site, request in try site.feed(.calendar, request) },
        Route(.get, "/changes.atom", .linked) { site, request in try site.feed(.atom, request) },
        Route(.get, "/changes.json", .linked) { site, request in try site.feed(.json, request) },
        Route(.get, "/feed/:scope/:code/:file", .linked, isSigned: true) { site, request in
            guard let file = request.part("file").flatMap(FeedAddress.File.init(rawValue:)),
                let scope = FeedAddress.scope(request.part("scope"), code: request.part("code"), site.sources.seal)
            else { throw Failure.missing("feed") }
            return try site.feed(file, scope, request)
        },
        Route(.get, "/feeds", .linked) { site, request in
            let query: FeedQuery = try request.query()
            return WebAnswer.html(try site.feedsPage(try Self.scope(query), query, request))
        },
    ]

    private static func scope(_ query: FeedQuery) throws -> FeedScope {
        guard let scope = FeedScope(domain: query.domain, tag: query.tag) else {
            throw Failure(.badRequest, "No domain and no tag can be called that.")
        }
        return scope
    }

    private func feed(_ file: FeedAddress.File, _ request: WebRequest) throws -> Response {
        try feed(file, try Self.scope(try request.query()), request)
    }

    /// Where the feeds of a scope are, for people who want to subscribe.
    private func feedsPage(_ scope: FeedScope, _ query: FeedQuery, _ request: WebRequest) throws -> String {
        let base = request.visit.origin + request.base
        let signed = sources.seal.map { base + FeedAddress.path(scope, $0) }
        let rows = FeedAddress.File.allCases.map { file in
            FeedsModel.Row(what: file.words, address: "\(signed ?? base)/\(file.rawValue)")
        }
        let tags = Set(sources.watches().flatMap(\.watch.tags)).sorted().prefix(200)
        let model = FeedsModel(
            scope: scope.title, rows: rows, domain: query.domain.map { Shown.text($0, limit: 255) } ?? "",
            tags: tags.map { FeedsModel.Tag(word: $0, isChosen: $0 == query.tag) }, hasTags: !tags.isEmpty,
            isSigned: signed != nil)
        return try frame(request).render(model, title: "Feeds", path: "/expiry")
    }

    func feed(_ file: FeedAddress.File, _ scope: FeedScope, _ request: WebRequest) throws -> Response {
        switch file {
        case .calendar:
            return WebAnswer.text(try calendar(scope, request).text, type: "text/calendar; charset=utf-8")
        case .atom:
            return WebAnswer.text(try changes(scope, request).atom, type: "application/atom+xml; charset=utf-8")
        case .json:
            return WebAnswer.text(try changes(scope, request).json, type: "application/feed+json; charset=utf-8")
        }
    }

    // MARK: Changes

    /// Changes that are looked through for those of a tag.
    private static let mostLooked = 5000

    private func changes(_ scope: FeedScope, _ request: WebRequest) throws -> ChangeFeed {
        var found: [StoredChange] = []
        if case .domain(let name) = scope {
            found = try sources.store.changes(of: name, limit: ChangeFeed.most)
        } else {
            let tags = Dictionary(
                sources.watches().map { ($0.watch.domain, $0.watch.tags) }, uniquingKeysWith: { first, _ in first })
            var place: Int64?
            var looked = 0
            while found.count < ChangeFeed.most, looked < Self.mostLooked {
                let page = try sources.store.changes(before: place, limit: 200)
                found += page.filter { scope.includes($0.domain, tags: tags[$0.domain.folded] ?? []) }
                looked += page.count
                guard page.count == 200 else { break }
                place = page.last?.id
            }
        }
        return ChangeFeed(
            scope: scope, changes: Array(found.prefix(ChangeFeed.most)), address: request.visit.origin + request.base,
            own: request.visit.origin + (request.request.head.path ?? ""), now: sources.now())
    }

    // MARK: Dates

    /// How far ahead windows are listed, in seconds.
    private static let windowsAhead: Int64 = 90 * 86_400
    /// Repetitions of one window that are listed.
    private static let mostRepetitions = 30

    private func calendar(_ scope: FeedScope, _ request: WebRequest) throws -> CalendarFeed {
        let frame = frame(request)
        let now = sources.now()
        let address = request.visit.origin + request.base
        let watches = sources.watches().filter { scope.includes($0.watch.domain, tags: $0.watch.tags) }
        let wanted = Set(watches.map(\.watch.domain))
        var events = try OverviewPages(frame: frame, sources: sources).endings()
            .filter { wanted.contains($0.domain.folded) }
            .map { CalendarFeed.Event($0, address) }
        for entry in watches {
            for (number, window) in entry.watch.windows.enumerated() {
                events += Self.events(window, number, of: entry.watch.domain, address, at: now)
            }
        }
        return CalendarFeed(title: "Lapwing: \(scope.title)", events: events, now: now)
    }

    private static func events(
        _ window: MaintenanceWindow, _ number: Int, of domain: Name, _ address: String, at now: Timestamp
    ) -> [CalendarFeed.Event] {
        let name = Shown.name(domain)
        var events: [CalendarFeed.Event] = []
        var moment = now
        while events.count < mostRepetitions {
            let left = windowsAhead - moment.seconds(since: now)
            guard left > 0, let next = window.occurrence(at: moment, within: left) else { break }
            events.append(
                CalendarFeed.Event(
                    key: "\(name)-window-\(next.from.seconds)-\(number)", summary: "\(name): announced work",
                    text: next.reason.isEmpty ? "Changes in it are reported as planned." : next.reason.visible,
                    from: next.from, to: next.to, address: "\(address)/domains/\(Escape.path(name))"))
            guard window.recurrence != nil, next.to > moment else { break }
            moment = next.to
        }
        return events
    }
}

extension CalendarFeed.Event {
    fileprivate init(_ ending: OverviewPages.Ending, _ address: String) {
        let name = Shown.name(ending.domain)
        self.init(
            key: ending.isSignature ? "\(name)-signatures" : "\(name)-registration",
            summary: ending.isSignature ? "\(name): the earliest signature ends" : "\(name): the registration ends",
            text: ending.isSignature
                ? "At \(ending.at). It moves when the zone is signed anew; if it has not moved a day before, see to the signer."
                : "At \(ending.at), by what the registry says.",
            from: ending.at, alarms: ending.isSignature ? [1] : [30, 7],
            address: "\(address)/domains/\(Escape.path(name))")
    }
}

/// What `?` says of a feed.
struct FeedQuery: Decodable {
    var domain: String?
    var tag: String?
}
