import DNSWire
import HTTPTypes
import Hummingbird
import LapwingCore
import LapwingStore

/// Actions on several domains of the table at once.
extension Site {
    static let bulkRoutes: [Route] = [
        Route(.post, "/bulk/check", for: .act, longestBody: longestBulk) { site, request in
            try await site.bulk(request) { entries, _ in
                let now = site.sources.now()
                for entry in entries {
                    try site.sources.store.add(.check, domain: entry.domain, by: request.person(), at: now)
                }
                return "\(Self.counted(entries)) will be checked within seconds."
            }
        },
        Route(.post, "/bulk/acknowledge", for: .act, longestBody: longestBulk) { site, request in
            try await site.bulk(request) { try site.acknowledge($0, $1, by: request.person($1.by)) }
        },
        Route(.post, "/bulk/silence", for: .act, longestBody: longestBulk) { site, request in
            try await site.bulk(request) { entries, form in
                let now = site.sources.now()
                let end = now.adding(seconds: try Self.hours(form.hours, standard: 1) * 3600)
                for entry in entries {
                    _ = try site.sources.store.add(
                        Silence(id: 0, domain: entry.domain, from: now, to: end, reason: "together with others"),
                        by: request.person(form.by))
                }
                return
                    "\(Self.counted(entries)) silenced until \(end.sentence). Incidents open at that time are reported then."
            }
        },
        Route(.post, "/bulk/remove", longestBody: longestBulk) { site, request in
            try await site.bulk(request) { try await site.unwatch($0, $1, by: request.person($1.by)) }
        },
    ]

    /// A page of names of maximum length.
    private static let longestBulk = 64 * 1024

    private func bulk(
        _ request: WebRequest, _ act: (_ entries: [BoardIndex.Entry], _ form: BulkForm) async throws -> String
    ) async throws -> Response {
        let form: BulkForm = try request.form()
        guard let names = form.name, !names.isEmpty else {
            throw Failure(.badRequest, "No domain is selected.")
        }
        guard names.count <= BoardPage.rowsPerPage else {
            throw Failure(.badRequest, "At most \(BoardPage.rowsPerPage) domains at once.")
        }
        // All or none: each name is looked up before anything is changed.
        let entries = try names.map { try entry($0) }
        let text = try await act(entries, form)
        let back = request.headers[.referer].flatMap(Self.ownPath) ?? "\(request.base)/domains"
        let page = OverviewPages(frame: frame(request), sources: sources)
        return WebAnswer.html(try page.message("Done", text, back: back))
    }
}

extension Site {
    fileprivate static func counted(_ entries: [BoardIndex.Entry]) -> String {
        entries.count == 1 ? "\(Shown.name(entries[0].domain)) is" : "\(entries.count) domains are"
    }

    /// Acknowledges all open incidents of some domains.
    fileprivate func acknowledge(_ entries: [BoardIndex.Entry], _ form: BulkForm, by person: Person) throws -> String {
        let now = sources.now()
        let until = now.adding(seconds: try Self.hours(form.hours, standard: 4) * 3600)
        let all = try entries.flatMap { entry in
            try sources.store.incidents(of: entry.domain, openOnly: true, isBrief: true)
                .filter { $0.severity >= .notice }.map { incident in
                    let acknowledgement = Acknowledgement(
                        incident: incident.id, person: person.name, at: now, until: until, severity: incident.severity)
                    return (acknowledgement, domain: incident.domain)
                }
        }
        guard !all.isEmpty else { throw Failure(.conflict, "These domains have no open incidents.") }
        try sources.store.acknowledge(all, from: person.origin)
        return all.count == 1
            ? "One incident is acknowledged by \(person.name) until \(until.sentence)."
            : "\(all.count) incidents are acknowledged by \(person.name) until \(until.sentence)."
    }

    /// Stops watching the domains that were added at run time; domains of the configuration stay and are reported.
    fileprivate func unwatch(_ entries: [BoardIndex.Entry], _ form: BulkForm, by person: Person) async throws -> String
    {
        guard form.sure == "yes" else {
            throw Failure(.badRequest, "Tick “stop watching” too, to confirm it.")
        }
        let (kept, gone) = (entries.filter(\.isFromFile), entries.filter { !$0.isFromFile })
        for entry in gone {
            try await unwatch(entry, by: person)
            removals.keep(entry.domain, options: entry.options ?? "{}", at: sources.steady())
        }
        let left =
            kept.isEmpty
            ? "" : " \(Self.counted(kept)) named by the configuration file, and removed there."
        return gone.isEmpty
            ? "Nothing was removed.\(left)" : "\(Self.counted(gone)) no longer watched; the history is kept.\(left)"
    }
}
