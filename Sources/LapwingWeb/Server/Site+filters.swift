import HTTPTypes
import Hummingbird
import LapwingCore
import LapwingStore

/// Saved filters of the table of domains, on the pages and in the API.
extension Site {
    static let filterRoutes: [Route] = [
        Route(.get, "/filters", .linked) { site, request in
            let rows = try site.savedFilters(request).rows
            return WebAnswer.html(
                try site.frame(request).render(
                    FiltersModel(rows: rows, hasRows: !rows.isEmpty), title: "Saved filters", path: "/domains"))
        },
        Route(.post, "/filters", for: .look) { site, request in
            let form: FilterForm = try request.form()
            let selection = try site.selection(
                BoardQuery(q: form.q, state: form.state, tag: form.tag, shared: form.shared, sort: form.sort),
                site.board.content())
            _ = try site.save(form.name, selection, isForAll: form.all.map { $0 == "yes" }, request)
            return WebAnswer.redirect("\(request.base)/domains?\(selection.query)")
        },
        Route(.post, "/filters/:id/rename", for: .look) { site, request in
            let filter = try site.changeableFilter(request)
            _ = try site.rename(filter, try request.form(as: FilterForm.self).name, request)
            return WebAnswer.redirect("\(request.base)/filters")
        },
        Route(.post, "/filters/:id/delete", for: .look) { site, request in
            try site.delete(try site.changeableFilter(request), request)
            return WebAnswer.redirect("\(request.base)/filters")
        },
        Route(.get, "/api/v1/filters") { site, request in
            let filters = try site.savedFilters(request).entries.map(JSONText.filter)
            return site.tagged(JSONText.object([("filters", .list(filters))]).description, request)
        },
        Route(.post, "/api/v1/filters", for: .look) { site, request in
            let body: FilterBody = try request.json()
            let content = site.board.content()
            var selection = try site.selection(
                BoardQuery(q: body.q, tag: body.tag, shared: body.shared), content)
            selection.condition = try body.status.map { status in
                guard let condition = DomainCondition(rawValue: status) else {
                    throw Failure(.badRequest, "status: ok, warning, critical or unknown.")
                }
                return condition
            }
            selection.order =
                try body.sort.map { word in
                    guard let order = BoardSelection.Order(rawValue: word) else {
                        let words = BoardSelection.Order.allCases.map(\.rawValue).joined(separator: ", ")
                        throw Failure(.badRequest, "sort: one of \(words).")
                    }
                    return order
                } ?? .status
            let filter = try site.save(body.name, selection, isForAll: body.for_all, request)
            return WebAnswer.json(
                try site.filterText(filter, request), status: .created)
        },
        Route(.put, "/api/v1/filters/:id", for: .look) { site, request in
            let filter = try site.changeableFilter(request)
            let renamed = try site.rename(filter, try request.json(as: FilterNameBody.self).name, request)
            return WebAnswer.json(try site.filterText(renamed, request))
        },
        Route(.delete, "/api/v1/filters/:id", for: .look) { site, request in
            try site.delete(try site.changeableFilter(request), request)
            return Response(status: .noContent)
        },
    ]

    private struct FilterBody: Decodable {
        var name: String
        var q: String?
        var status: String?
        var tag: String?
        var shared: String?
        var sort: String?
        var for_all: Bool?
    }

    private struct FilterNameBody: Decodable { var name: String }

    /// The rights that are needed to change a filter that all users see.
    private static let forAll = Rights.Demand(.act, isOfAll: true)

    /// Returns the filters that the user may see.
    ///
    /// A user who is limited to some tags sees a filter for all users only if it is for one of these tags and contains
    /// a domain that they see, whatever its state: the names of other filters may reveal other clients.
    func savedFilters(_ request: WebRequest) throws -> SavedFilters {
        let content = board.content()
        let rights = request.visitor.rights
        let isForAllChangeable = rights.verdict(on: Self.forAll) == .allowed
        let filters = try sources.store.filters(of: request.visitor.owner)
        return SavedFilters(
            entries: filters.compactMap { filter in
                guard let selection = selection(saved: filter.query, content) else { return nil }
                if filter.owner == nil, let tags = rights.tags {
                    guard tags.contains(selection.tag), selection.holdsAny(in: content) else { return nil }
                }
                return SavedFilters.Entry(
                    filter: filter, selection: selection, tally: board.tally(selection, content),
                    isChangeable: filter.owner != nil || isForAllChangeable)
            })
    }

    /// Returns the form that saves a selection; nil if the selection is empty, or if the user may not save filters.
    func saving(_ selection: BoardSelection, _ request: WebRequest) -> SavingModel? {
        let mayShare = request.visitor.rights.verdict(on: Self.forAll) == .allowed
        let isKnown = request.visitor.owner != nil
        guard !selection.query.isEmpty, isKnown || mayShare else { return nil }
        let fields: [(String, String)] = [
            ("q", selection.text), ("state", selection.condition?.state ?? ""), ("tag", selection.tag),
            ("shared", selection.shared?.text ?? ""),
            ("sort", selection.order == .status ? "" : selection.order.rawValue),
        ]
        return SavingModel(
            fields: fields.filter { !$0.1.isEmpty }.map { .init(key: $0.0, value: $0.1) }, words: selection.words,
            hasChoice: isKnown && mayShare)
    }

    /// - Parameter isForAll: nil for the default: personal, or for all users if the user is not identified.
    private func save(
        _ name: String?, _ selection: BoardSelection, isForAll: Bool?, _ request: WebRequest
    ) throws -> SavedFilter {
        let owner = request.visitor.owner
        let isForAll = isForAll ?? (owner == nil)
        if isForAll {
            if case .refused(let reason) = request.visitor.rights.verdict(on: Self.forAll) {
                throw Failure(.forbidden, "A filter for all: \(reason)")
            }
        } else if owner == nil {
            throw Failure(.badRequest, "for_all: you are not logged in, so it can only be for all.")
        }
        var saved = selection
        saved.place = nil
        saved.page = 1
        let query = saved.query
        guard !query.isEmpty else {
            throw Failure(.badRequest, "A filter asks for something: a text, a status, a tag.")
        }
        guard query.utf8.count <= SavedFilter.longestQuery else {
            throw Failure(.badRequest, "The filter is longer than \(SavedFilter.longestQuery) bytes.")
        }
        let filter = SavedFilter(name: try Self.filterName(name), owner: isForAll ? nil : owner, query: query)
        return try Self.kept(
            try sources.store.add(filter, by: request.person(), at: sources.now()), name: filter.name)
    }

    private func rename(_ filter: SavedFilter, _ name: String?, _ request: WebRequest) throws -> SavedFilter {
        let name = try Self.filterName(name)
        return try Self.kept(
            try sources.store.change(nameOfFilter: filter.id, to: name, by: request.person(), at: sources.now()),
            name: name)
    }

    private func delete(_ filter: SavedFilter, _ request: WebRequest) throws {
        guard try sources.store.remove(filter: filter.id, by: request.person(), at: sources.now()) else {
            throw Failure.missing("filter")
        }
    }

    /// Returns a name without surrounding white space and without characters that cannot be shown.
    private static func filterName(_ text: String?) throws -> String {
        let words = (text ?? "").split(whereSeparator: \.isWhitespace).joined(separator: " ")
        guard (1...SavedFilter.longestName).contains(words.count), words.utf8.count <= SavedFilter.longestName * 8,
            Shown.text(words, limit: SavedFilter.longestName) == words
        else { throw Failure(.badRequest, "name: 1 to \(SavedFilter.longestName) characters that can be shown.") }
        return words
    }

    private static func kept(_ outcome: FilterOutcome, name: String) throws -> SavedFilter {
        switch outcome {
        case .kept(let filter): return filter
        case .taken: throw Failure(.conflict, "There is a filter called \(Shown.text(name)) already.")
        case .full:
            throw Failure(
                .conflict, "There are \(SavedFilter.mostOfOne) filters already, which is as many as there may be.")
        case .missing: throw Failure.missing("filter")
        }
    }

    /// Returns the filter in the address, provided that the user sees it and may change it.
    private func changeableFilter(_ request: WebRequest) throws -> SavedFilter {
        guard let id = request.part("id").flatMap({ Int64($0) }),
            let entry = try savedFilters(request).entries.first(where: { $0.filter.id == id })
        else { throw Failure.missing("filter") }
        if entry.filter.owner == nil,
            case .refused(let reason) = request.visitor.rights.verdict(on: Self.forAll)
        {
            throw Failure(.forbidden, "A filter for all: \(reason)")
        }
        return entry.filter
    }

    private func filterText(_ filter: SavedFilter, _ request: WebRequest) throws -> String {
        guard let entry = try savedFilters(request).entries.first(where: { $0.filter.id == filter.id }) else {
            throw Failure.missing("filter")
        }
        return JSONText.filter(entry).description
    }
}

extension JSONText {
    fileprivate static func filter(_ entry: SavedFilters.Entry) -> JSONText {
        func said(_ text: String) -> JSONText { text.isEmpty ? .null : .text(text) }
        let (selection, tally) = (entry.selection, entry.tally)
        return .object([
            ("id", .number(Int(entry.filter.id))), ("name", .text(entry.filter.name)),
            ("for_all", .flag(entry.filter.owner == nil)), ("q", said(selection.text)),
            ("status", .optional(selection.condition?.rawValue)), ("tag", said(selection.tag)),
            ("shared", .optional(selection.shared?.text)), ("sort", .text(selection.order.rawValue)),
            ("domains", .number(tally.count)),
            (
                "conditions",
                .object([
                    ("critical", .number(tally.failing)), ("warning", .number(tally.warned)),
                    ("ok", .number(tally.healthy)), ("unknown", .number(tally.unknown)),
                ])
            ),
        ])
    }
}
