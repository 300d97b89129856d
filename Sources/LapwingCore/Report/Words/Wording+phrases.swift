extension Wording {
    /// A text without anything to fill in. Each language has all of them: its file does not compile otherwise.
    package enum Phrase: Sendable, Hashable, CaseIterable {
        // How domains are
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
        /// Of the table, with commas between them.
        case tableColumns
        // Mails
        case endsAhead, nothingEndsAhead, wholeReport, attached
        // Errors
        case noPage, unauthorized, busy, broken, badPeriod
    }

    /// A text with something to fill in. Numbers come as numbers, so that each language says them in its own form.
    package enum Message: Sendable, Hashable {
        // How domains are
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
        /// The first is a heading of the report.
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

    /// What a weakness of long standing comes to, for people who run no name servers.
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

    /// What of a registration or a name is another, where it is no record.
    package enum Fact: Sendable, Hashable, CaseIterable {
        case aliasTarget, address, delegation, registrar, status
    }

    /// How long something took, in its largest whole unit.
    package enum Unit: Sendable, Hashable, CaseIterable {
        case seconds, minutes, hours, days
    }
}

/// The words of one language. Whoever adds a text here is told by the compiler of each language that lacks it.
protocol Phrasebook: Sendable {
    var language: Language { get }
    func words(_ phrase: Wording.Phrase) -> String
    func words(_ message: Wording.Message) -> String
    /// What an incident meant, in one sentence that names nobody.
    func sentence(_ incidentClass: IncidentClass) -> String
    func sentence(_ weakness: Wording.WeaknessKind) -> String
    func words(_ severity: Severity) -> String
    /// In the legend and beside single days.
    func words(_ day: Report.DayState) -> String
    func words(_ outcome: Report.Work.Outcome) -> String
    func words(_ fact: Wording.Fact) -> String
    func span(_ number: Int, _ unit: Wording.Unit) -> String
    /// A day, in the form of CLDR's medium dates.
    func day(_ day: Int, month: Int, year: Int) -> String
}

extension Phrasebook {
    func number(_ number: Int) -> String { language.number(number) }

    /// `1 domain`, `2 domains`: for languages with two forms.
    func count(_ number: Int, _ one: String, _ other: String) -> String {
        "\(self.number(number)) \(language.category(of: number) == .one ? one : other)"
    }

    /// The same where millions want a preposition: `2 000 000 de domaines`.
    ///
    /// - Parameter elided: the preposition before a vowel; nil where it stays as it is.
    func count(_ number: Int, _ one: String, _ other: String, elided: String?) -> String {
        guard language.category(of: number) == .many else { return count(number, one, other) }
        let isVowel = other.first.map { "aeiouhéè".contains($0.lowercased()) } ?? false
        return "\(self.number(number)) \(isVowel ? elided ?? "de " : "de ")\(other)"
    }

    /// For languages with three forms of whole numbers: `1 домен`, `2 домена`, `5 доменов`.
    func count(_ number: Int, _ one: String, _ few: String, _ many: String) -> String {
        "\(self.number(number)) \(form(number, one, few, many))"
    }

    func form(_ number: Int, _ one: String, _ few: String, _ many: String) -> String {
        switch language.category(of: number) {
        case .one: one
        case .few: few
        case .many, .other: many
        }
    }
}
