import LapwingCore

/// The reports of one year about a portfolio.
package struct PortfolioReport: Sendable {
    /// The reports about domains of one kind, or about all.
    package struct Tally: Sendable {
        var domains = 0
        var rounds = 0
        var events = 0
        /// Notices that are meant to wake a person.
        package var pages = 0
        var warnings = 0
        var notices = 0
        /// Notices about a resolver, the registry or the monitor itself; a daemon sends one of them for all domains.
        var ofSources = 0
        var naive = 0
        /// Notices that are sent at once without configured routes, about the domain and about such sources.
        var messages = 0
        var messagesOfSources = 0
        /// Those about the domain, if prepared changes were sent at once too.
        var messagesUnprepared = 0
        /// Notices about the domain that are sent at once, by class.
        var classes: [IncidentClass: Int] = [:]
        /// Digests with content, and the number of events in them.
        var digests = 0
        var inDigest = 0
        /// Incidents that were opened with `notice` or higher, by code.
        var codes: [FindingCode: Int] = [:]

        mutating func note(_ line: VerdictLine) {
            if line.severity == .warning { warnings += 1 }
            if line.severity == .notice {
                if Self.sources.contains(line.incidentClass) { ofSources += 1 } else { notices += 1 }
            }
            if let code = line.code { codes[code, default: 0] += 1 }
        }

        mutating func note(_ notice: Notice) {
            if notice.purpose == .digest {
                digests += 1
            } else if Self.sources.contains(notice.incidentClass) {
                messagesOfSources += 1
            } else {
                messages += 1
                classes[notice.incidentClass, default: 0] += 1
            }
        }

        mutating func noteUnprepared(_ notice: Notice) {
            if notice.purpose != .digest, !Self.sources.contains(notice.incidentClass) { messagesUnprepared += 1 }
        }

        private static let sources: Set<IncidentClass> = [.resolverFault, .monitorFault, .registryUnavailable]

        static func += (one: inout Tally, two: Tally) {
            one.domains += two.domains
            one.rounds += two.rounds
            one.events += two.events
            one.pages += two.pages
            one.warnings += two.warnings
            one.notices += two.notices
            one.ofSources += two.ofSources
            one.naive += two.naive
            one.messages += two.messages
            one.messagesOfSources += two.messagesOfSources
            one.messagesUnprepared += two.messagesUnprepared
            one.classes.merge(two.classes) { $0 + $1 }
            one.digests += two.digests
            one.inDigest += two.inDigest
            one.codes.merge(two.codes) { $0 + $1 }
        }

        /// The average per domain, with two decimals.
        fileprivate func each(_ count: Int) -> String {
            let hundredths = count * 100 / max(1, domains)
            return "\(hundredths / 100).\(hundredths % 100 < 10 ? "0" : "")\(hundredths % 100)"
        }
    }

    private(set) var kinds: [PortfolioDomain.Kind: Tally] = [:]
    /// The sum of all kinds.
    package private(set) var total = Tally()
    /// Domains with pages, and their messages.
    private(set) var pages: [String] = []

    mutating func add(_ tally: Tally, kind: PortfolioDomain.Kind, pages: [String]) {
        kinds[kind, default: Tally()] += tally
        total += tally
        self.pages += pages
    }

    /// The largest number of pages that are listed.
    private static let mostPages = 20

    /// A table for the terminal, followed by the domains with pages.
    package var text: String {
        var lines = [
            "kind, domains, events, then per domain and year: pages, warnings, notices, notices about sources that many"
                + " domains share, alerts of a script that compares sets"
        ]
        let rows = PortfolioDomain.Kind.allCases.map { ($0.rawValue, kinds[$0] ?? Tally()) } + [("all", total)]
        for (name, tally) in rows {
            lines.append(
                "\(name): \(tally.domains) domains, \(tally.events) events, \(tally.each(tally.pages)) pages, "
                    + "\(tally.each(tally.warnings)) warnings, \(tally.each(tally.notices)) notices, "
                    + "\(tally.each(tally.ofSources)) of sources, \(tally.each(tally.naive)) naive")
        }
        lines.append("incidents of notice or more per domain and year, by code:")
        for (code, count) in total.codes.sorted(by: { ($1.value, $0.key.rawValue) < ($0.value, $1.key.rawValue) }) {
            lines.append("  \(code): \(total.each(count))")
        }
        lines.append(
            "messages at once per domain and year, without routes: \(total.each(total.messages)) about the domain, "
                + "\(total.each(total.messagesOfSources)) about sources that many domains share")
        lines.append(
            "  about the domain, if prepared changes were told at once too: \(total.each(total.messagesUnprepared))")
        for (kind, count) in total.classes.sorted(by: { ($1.value, $0.key.rawValue) < ($0.value, $1.key.rawValue) }) {
            lines.append("  \(kind.rawValue): \(total.each(count))")
        }
        lines.append(
            "in the digest per domain and year: \(total.each(total.inDigest)) events on "
                + "\(total.each(total.digests)) days")
        lines.append("\(total.pages) pages in \(total.domains) domain years (\(total.rounds) rounds)")
        return (lines + pages.prefix(Self.mostPages)).joined(separator: "\n") + "\n"
    }
}
