import DNSWire
import HTTPTypes
import Hummingbird
import LapwingCore
import LapwingStore

/// Feeds: dates as a calendar, changes as Atom and JSON Feed. Each has an address behind the log-in and a signed one
/// for subscribing without a password.
extension Site {
    static let feedRoutes: [Route] = [
        Route(.get, "/calendar.ics", .linked) { site, request in try site.feed(.calendar, request) },
        Route(.get, "/changes.atom", .linked) { site, request in try site.feed(.atom, request) },
        Route(.get, "/changes.json", .linked) { site, request in try site.feed(.json, request) },
        // A badge is embedded in other sites.
        Route(.get, "/feed/:scope/:code/:file", .embedded, isSigned: true) { site, request in
            guard let file = request.part("file").flatMap(FeedAddress.File.init(rawValue:)),
                let scope = FeedAddress.scope(request.part("scope"), code: request.part("code"), site.sources.seal)
            else { throw Failure.missing("feed") }
            return try site.feed(file, scope, request)
        },
        Route(.get, "/feeds", .linked) { site, request in
            let query: FeedQuery = try request.query()
            let scope = try Self.scope(query)
            try site.mustExist(scope)
            return WebAnswer.html(try site.feedsPage(scope, query, request))
        },
    ]

    private static func scope(_ query: FeedQuery) throws -> FeedScope {
        guard let scope = FeedScope(domain: query.domain, tag: query.tag) else {
            throw Failure(.badRequest, "This is not a valid domain or tag.")
        }
        return scope
    }

    private func feed(_ file: FeedAddress.File, _ request: WebRequest) throws -> Response {
        let scope = try Self.scope(try request.query())
        try mustExist(scope)
        return try feed(file, scope, request)
    }

    /// Throws if the user may not see the scope; it has no feed then, and no signed address.
    private func mustExist(_ scope: FeedScope) throws {
        guard sources.store.isNarrow else { return }
        switch scope {
        case .all: break
        case .domain(let name): guard sources.store.sees(name) else { throw Failure.missing("domain") }
        case .tag(let tag):
            let isKnown = sources.watches().contains { $0.watch.tags.contains(tag) }
            guard isKnown else { throw Failure.missing("tag") }
        }
    }

    /// Returns the page with the feeds of a scope, for users who want to subscribe.
    private func feedsPage(_ scope: FeedScope, _ query: FeedQuery, _ request: WebRequest) throws -> String {
        let base = request.visit.origin + request.base
        // A signed address has the same content for everyone who has it, so it is offered only if the user sees the
        // whole scope.
        let isWhole: Bool
        switch scope {
        case .domain: isWhole = true
        case .all: isWhole = !sources.store.isNarrow
        case .tag(let tag): isWhole = request.visitor.rights.tags?.contains(tag) ?? true
        }
        let signed = isWhole ? sources.seal.map { base + FeedAddress.path(scope, $0) } : nil
        // The badge without a signature has its own address, by the name of its domain.
        let rows = FeedAddress.File.allCases.filter { $0 != .badge || signed != nil }.map { file in
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
        case .badge:
            return try badge(scope)
        }
    }

    // MARK: Changes

    /// The largest number of changes that are searched for those of a tag.
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
    /// The largest number of listed repetitions of one window.
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
            let name = Shown.name(entry.watch.domain)
            events += (sources.domain(entry.watch.domain)?.steps ?? []).map { step in
                CalendarFeed.Event(step, of: name, address: "\(address)/domains/\(Escape.path(name))")
            }
            for (number, window) in entry.watch.windows.enumerated() {
                let key = "\(name)-window"
                events += Self.events(window, key, "\(number)", of: entry.watch.domain, address, at: now)
            }
        }
        for announced in try sources.store.announcements(at: now) {
            let key = "announcement-\(announced.id)"
            if let domain = announced.domain {
                guard wanted.contains(domain.folded) else { continue }
                events += Self.events(announced.window, key, "0", of: domain, address, at: now)
            } else if scope == .all {
                events += Self.events(announced.window, key, "0", of: nil, address, at: now)
            }
        }
        if scope == .all {
            events += try sources.store.pendingAnchors().map { CalendarFeed.Event(anchor: $0.tag, until: $0.until) }
        }
        return CalendarFeed(title: "Lapwing: \(scope.title)", events: events, now: now)
    }

    /// Returns the times of one window, with the announced work.
    ///
    /// - Parameters:
    ///   - key: permanently identifies the window; with the moment of each time and `place` it forms the identifier.
    ///   - domain: nil for work on every domain.
    private static func events(
        _ window: MaintenanceWindow, _ key: String, _ place: String, of domain: Name?, _ address: String,
        at now: Timestamp
    ) -> [CalendarFeed.Event] {
        let name = domain.map(Shown.name)
        let changes = (window.content ?? []).map { Narrative.plain($0.words).visible }
        var events: [CalendarFeed.Event] = []
        var moment = now
        while events.count < mostRepetitions {
            let left = windowsAhead - moment.seconds(since: now)
            guard left > 0, let next = window.occurrence(at: moment, within: left) else { break }
            let reason = next.reason.isEmpty ? [] : [next.reason.visible]
            let text = (changes + reason).joined(separator: "\n")
            events.append(
                CalendarFeed.Event(
                    key: "\(key)-\(next.from.seconds)-\(place)",
                    summary: "\(name ?? "All domains"): announced \(changes.isEmpty ? "work" : "change")",
                    text: text.isEmpty ? "Changes in it are reported as planned." : text, from: next.from, to: next.to,
                    address: name.map { "\(address)/domains/\(Escape.path($0))" } ?? "\(address)/maintenance"))
            guard window.recurrence != nil, next.to > moment else { break }
            moment = next.to
        }
        return events
    }

    // MARK: Badges

    /// Returns the state of the domains of a scope as one picture.
    private func badge(_ scope: FeedScope) throws -> Response {
        if case .domain(let name) = scope {
            let entry = try entry(name.description)
            let picture = Badge.svg(subject: "DNS", state: entry.word.lowercased(), colour: entry.condition.colour)
            return WebAnswer.badge(picture)
        }
        let content = board.content()
        var counts: [DomainCondition: Int] = [:]
        for (row, condition) in zip(content.roster.rows, content.conditions)
        where scope.includes(row.domain, tags: row.tags) { counts[condition, default: 0] += 1 }
        guard !counts.isEmpty else { throw Failure.missing("domain") }
        // An unknown state is not healthy: a scope with an unknown domain is never shown as healthy.
        let worst = [DomainCondition.failing, .warning, .learning, .healthy].first { counts[$0] != nil } ?? .learning
        let words: [(DomainCondition, String)] = [
            (.failing, "failing"), (.warning, "with warnings"), (.learning, "not known"), (.healthy, "healthy"),
        ]
        let state = words.compactMap { condition, word in
            counts[condition].map { "\(Shown.count($0)) \(word)" }
        }
        return WebAnswer.badge(
            Badge.svg(subject: "DNS", state: state.joined(separator: ", "), colour: worst.colour))
    }
}

extension CalendarFeed.Event {
    fileprivate init(_ ending: OverviewPages.Ending, _ address: String) {
        let name = Shown.name(ending.domain)
        self.init(
            key: ending.isSignature ? "\(name)-signatures" : "\(name)-registration",
            summary: ending.isSignature ? "\(name): the earliest signature ends" : "\(name): the registration ends",
            text: ending.isSignature
                ? "At \(ending.at). The date moves when the zone is signed again; if it has not moved a day before, check the signer."
                : "At \(ending.at), according to the registry.",
            from: ending.at, alarms: ending.isSignature ? [1] : [30, 7],
            address: "\(address)/domains/\(Escape.path(name))")
    }
}

/// The parameters of a feed.
struct FeedQuery: Decodable {
    var domain: String?
    var tag: String?
}
