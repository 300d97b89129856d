extension Wording {
    /// A text without parameters. Each language has all of them: its file does not compile otherwise.
    package enum Phrase: Sendable, Hashable, CaseIterable {
        // Conditions of domains
        case domains, subtitle, noDomain, allUnknown, notAllSeen
        case conditionFailing, conditionWarning, conditionUnknown, conditionWell
        // The page
        case language, lastDays, today, resolutionUnknown, plannedWork, noPlannedWork, announcedWork, allDomains
        case reports, explanation, timesUTC, timesLocal, noRecentIncidents
        // Columns and headings
        case when, domain, what, left, incidents, changes, fromTo, accepted, came, sinceColumn, endings, noEndings
        case registration, statedRegistration, signature, past, over, since
        // The report
        case back, made, unfinished, cut, tooManyDays, notBegun, resolved, resolvedNote, served, servedNote
        case noneOpened, toldAfter, toldNone, overAfter, overNone, acknowledgedAfter
        case availability, seenOn, serversTook, resolversTook, noIncidents, notRecorded, byNobody, stillOpen
        case noChanges, changed, nothing, cameAsAnnounced, putBack, acceptedWord
        case announced, noneAnnounced, weaknesses, trendUnknown, new
        case reckoning, explainResolved, explainServed, explainTold, explainOver
        /// The column headings of the table, separated by commas.
        case tableColumns
        // Mails
        case endsAhead, nothingEndsAhead, wholeReport, attached
        // Errors
        case noPage, unauthorized, busy, broken, badPeriod
    }

    /// A text with parameters. Numbers are passed as numbers, so that each language can write them in its own form.
    package enum Message: Sendable, Hashable {
        // Conditions of domains
        case failing(Int, of: Int)
        case warned(Int, of: Int)
        case someUnknown(Int, of: Int)
        case allWell(Int)
        /// The span is one of ``Wording/span(_:)``.
        case lookedAgo(String)
        case moreIncidents(Int)
        case days(Int)
        case daysBeing(Report.DayState, Int)
        /// The share is one of ``Wording/share(_:)``.
        case resolvedShare(String)
        case domainNumber(Int)
        case zone(String)
        // Periods
        /// Months are numbered from 1.
        case month(Int, year: Int)
        case week(Int, year: Int)
        case range(String, String)
        case dayRange(String, String)
        // The report
        case heading(String)
        case title(String, of: String)
        case unseenDays(Int, of: Int)
        case openedIncidents(critical: Int, warnings: Int, stillOpen: Int)
        case median(of: Int, longest: String)
        case acceptedChanges(Int)
        case posture(start: Int, end: Int, new: Int, mended: Int, accepted: Int)
        case trend(first: Int, last: Int)
        case seenDays(Int, of: Int)
        case acceptedBy(String)
        /// The first parameter is a heading of the report.
        case firstShown(String, Int, of: Int)
        case ttl(of: String)
        // Mails
        case availabilityUnknown(Int)
        case availability(Int, resolved: String, served: String)
        case seenLine(Int, of: Int)
        case incidentLine(critical: Int, warnings: Int, notices: Int, stillOpen: Int)
        case changeLine(Int, accepted: Int)
        case weaknessLine(start: Int, end: Int)
        case andMore(Int)
        // Errors
        case longestPeriod(Int)
    }

    /// The kind of an old weakness, for people who operate no name servers.
    package enum WeaknessKind: Sendable, Hashable, CaseIterable {
        case singleServer, differingLists, lameServer, unsigned, outdatedSigning, unlocked, undated, openZone
        case unusualTTL, transport, other

        package init(_ code: FindingCode) {
            self =
                switch code {
                case .delegationSingle: .singleServer
                case .delegationMismatch, .registryDiffers: .differingLists
                case .delegationLame: .lameServer
                case .dnssecUnsigned, .dnssecIsland, .dnssecIncomplete: .unsigned
                case .dnssecAlgorithm, .dnssecIterations: .outdatedSigning
                case .registrationUnlocked: .unlocked
                case .registrationUndated: .undated
                case .zoneOpen: .openZone
                case .ttlLow, .ttlUneven: .unusualTTL
                case .transportTCP, .transportEDNS, .transportSize: .transport
                default: .other
                }
        }
    }

    /// A fact of a registration or a name that is not a record.
    package enum Fact: Sendable, Hashable, CaseIterable {
        case aliasTarget, address, delegation, registrar, status
    }

    /// The largest whole unit of a duration.
    package enum Unit: Sendable, Hashable, CaseIterable {
        case seconds, minutes, hours, days
    }
}
