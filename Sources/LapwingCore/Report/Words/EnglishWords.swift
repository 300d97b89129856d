/// English, with the terms of `docs/glossary.md`.
struct EnglishWords: Phrasebook {
    let language = Language.english

    private static let months = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ]

    private func domains(_ number: Int) -> String { count(number, "domain", "domains") }

    func words(_ phrase: Wording.Phrase) -> String {
        switch phrase {
        case .domains: "domains"
        case .subtitle: "Domains and their name servers"
        case .noDomain: "No domain is watched."
        case .allUnknown: "The state of the domains is unknown"
        case .notAllSeen: "Not all of them have been checked since the monitor started."
        case .conditionFailing: "failing"
        case .conditionWarning: "warning"
        case .conditionUnknown: "unknown"
        case .conditionWell: "well"
        case .language: "Language"
        case .lastDays: "The last 90 days"
        case .today: "today"
        case .resolutionUnknown: "Availability is not recorded"
        case .plannedWork: "Planned work"
        case .noPlannedWork: "No work is announced for the next 90 days."
        case .announcedWork: "Announced work"
        case .allDomains: "all domains"
        case .reports: "Reports"
        case .explanation:
            "Days are in UTC. Grey days were not recorded: they count neither as good nor as bad. “Resolved” is "
                + "the share of checks in which most of the working resolvers found the domain."
        case .timesUTC: "Times are in UTC."
        case .timesLocal: "Times are in the time zone of your device."
        case .noRecentIncidents: "None in the last 90 days."
        case .when: "When"
        case .domain: "Domain"
        case .what: "What"
        case .left: "Left"
        case .incidents: "Incidents"
        case .changes: "Changes"
        case .fromTo: "From, to"
        case .accepted: "Accepted"
        case .came: "Outcome"
        case .sinceColumn: "Since"
        case .endings: "Ending in the next 90 days"
        case .noEndings: "None known."
        case .registration: "registration"
        case .statedRegistration: "registration, as stated by the owner"
        case .signature: "earliest signature"
        case .past: "past"
        case .over: "ended"
        case .since: "since"
        case .back: "Back"
        case .made: "created"
        case .unfinished: "The period has not ended: these figures will change."
        case .cut: "There was more than fits into one report: the oldest entries are left out."
        case .tooManyDays: "There are too many days to show each one."
        case .notBegun: "The period has not begun."
        case .resolved: "Resolved"
        case .resolvedNote: "of all checks, by a majority of resolvers"
        case .served: "Name servers answered"
        case .servedNote: "of all checks, at least one server"
        case .noneOpened: "none was opened"
        case .toldAfter: "Notified after"
        case .toldNone: "no notice was due, or none is recorded"
        case .overAfter: "Ended after"
        case .overNone: "no incident has ended"
        case .acknowledgedAfter: "Acknowledged after"
        case .availability: "Availability, day by day"
        case .seenOn: "Recorded on"
        case .serversTook: "Name server latency"
        case .resolversTook: "Resolver latency"
        case .noIncidents: "None was open in this period."
        case .notRecorded: "not recorded"
        case .byNobody: "not acknowledged"
        case .stillOpen: "still open"
        case .noChanges: "None in this period."
        case .changed: "changed"
        case .nothing: "nothing"
        case .cameAsAnnounced: "as announced"
        case .putBack: "put back"
        case .acceptedWord: "accepted"
        case .announced: "Announced changes and work"
        case .noneAnnounced: "Nothing was announced for this period."
        case .weaknesses: "Long-standing weaknesses"
        case .trendUnknown: "Day by day: not recorded."
        case .new: "new"
        case .reckoning: "How the figures are calculated"
        case .explainResolved:
            "a check counts as resolved if at least half of the working resolvers resolved the domain. A resolver "
                + "resolved it if at least half of its answers about the domain were conclusive and not all of them "
                + "said that the name does not exist. A resolver that also fails for names outside the domain is not "
                + "counted."
        case .explainServed:
            "at least one name server of the domain answered for it. Checks without any answer are not counted, nor "
                + "are the additional checks made to confirm a suspicion. Percentages are rounded down."
        case .explainTold:
            "from the opening of an incident until the first message about it was accepted by its receiver. "
                + "Incidents with one cause are reported in one message, which counts for each of them."
        case .explainOver:
            "from the opening of an incident until it ended or was undone. An incident that spans several periods is "
                + "listed in each and counted in the one in which it was opened. Incidents of the monitor itself, of "
                + "resolvers and of registries are not counted as incidents of a domain."
        case .tableColumns: "section,domain,what,from,to,number,of,unit,text"
        case .endsAhead: "Ending in the next 90 days:"
        case .nothingEndsAhead: "Nothing is known to end in the next 90 days."
        case .wholeReport: "The whole report"
        case .attached: "The whole report is attached."
        case .noPage: "There is no such page."
        case .unauthorized: "This page is protected by a password."
        case .busy: "Too many passwords are being checked. Try again in a few seconds."
        case .broken: "Something went wrong here. Try again later."
        case .badPeriod: "A period is a month (2026-10), a week (2026-W44) or days (2026-10-03_2026-10-09)."
        }
    }

    func words(_ message: Wording.Message) -> String {
        switch message {
        case .failing(let some, let all): "\(domains(some)) of \(number(all)) failing"
        case .warned(let some, let all): "\(domains(some)) of \(number(all)) with a warning"
        case .someUnknown(let some, let all):
            "\(domains(some)) of \(number(all)) in unknown state"
        case .allWell(let all): all == 1 ? "The domain is well" : "All \(domains(all)) are well"
        case .lookedAgo(let span): "The oldest of these checks was \(span) ago."
        case .moreIncidents(let more): "\(number(more)) more \(more == 1 ? "is" : "are") in the reports."
        case .days(let days): count(days, "day", "days")
        case .daysBeing(let state, let days):
            switch state {
            case .unknown: "\(number(days)) not recorded"
            case .good: "\(number(days)) well"
            case .disturbed: "\(number(days)) with some failed checks"
            case .warning: "\(number(days)) with a warning"
            case .critical: "\(number(days)) critical"
            }
        case .resolvedShare(let share): "\(share) resolved"
        case .domainNumber(let place): "Domain \(place)"
        case .zone(let zone): "Times are in the time zone \(zone)."
        case .month(let month, let year): "\(Self.months[month - 1]) \(year)"
        case .week(let week, let year): "week \(week) of \(year)"
        case .range(let from, let to): "\(from) to \(to)"
        case .dayRange(let from, let to): "\(from) to \(to), days in UTC"
        case .heading(let period): "Domain report: \(period)"
        case .title(let period, let owner): "Domain report, \(period): \(owner)"
        case .unseenDays(let days, let all):
            "Over all domains, nothing was recorded on \(number(days)) of \(number(all)) days. They are grey, and "
                + "count neither for nor against availability."
        case .openedIncidents(let critical, let warnings, let open):
            "\(number(critical)) critical, \(count(warnings, "warning", "warnings")), \(number(open)) still open"
        case .median(let all, let longest): "median of \(number(all)); longest \(longest)"
        case .acceptedChanges(let some): "\(number(some)) accepted by a person"
        case .posture(let start, let end, let new, let mended, let accepted):
            "\(number(start)) at the start, \(number(end)) at the end: \(number(new)) new, \(number(mended)) fixed, "
                + "\(number(accepted)) accepted as they are."
        case .trend(let first, let last):
            "Day by day: \(number(first)) on the first recorded day, \(number(last)) on the last: "
                + (first == last ? "as many as before." : last < first ? "fewer than before." : "more than before.")
        case .seenDays(let some, let all): "\(number(some)) of \(count(all, "day", "days"))"
        case .acceptedBy(let person): "accepted by \(person)"
        case .firstShown(let heading, let shown, let all):
            "\(heading): the first \(number(shown)) of \(number(all)) entries are shown; CSV and JSON have all."
        case .ttl(let type): "TTL of \(type)"
        case .availabilityUnknown(let all): "\(domains(all)): availability is not recorded."
        case .availability(let all, let resolved, let served):
            "\(domains(all)): resolved in \(resolved) of all checks; name servers answered in \(served)."
        case .seenLine(let some, let all): "Recorded on \(number(some)) of \(number(all)) days, over all domains."
        case .incidentLine(let critical, let warnings, let notices, let open):
            "Incidents: \(number(critical)) critical, \(count(warnings, "warning", "warnings")), "
                + "\(count(notices, "notice", "notices")); \(number(open)) still open."
        case .changeLine(let all, let accepted): "Changes: \(number(all)), \(number(accepted)) of them accepted."
        case .weaknessLine(let start, let end):
            "Long-standing weaknesses: \(number(start)) at the start, \(number(end)) at the end."
        case .andMore(let more): "and \(number(more)) more"
        case .longestPeriod(let days): "A period has at most \(number(days)) days here."
        }
    }

    func sentence(_ incidentClass: IncidentClass) -> String {
        switch incidentClass {
        case .hijackSuspected: "Records or the delegation were replaced without an announcement."
        case .resolverPoisoned: "A resolver gave false answers."
        case .takeoverRisk: "A name on which the domain relies could be taken over by others."
        case .policyWeakened: "A policy that protects the domain was loosened."
        case .dnssecBroken: "Signatures (DNSSEC) were invalid: some visitors could not reach the domain."
        case .dnssecExpiring: "Signatures (DNSSEC) were about to expire."
        case .dnssecDowngraded: "The domain was no longer protected by DNSSEC."
        case .authorityOutage: "Name servers of the domain did not answer."
        case .delegationBroken: "The registry's entry did not lead to working name servers."
        case .recordsLost: "Records of the domain were missing."
        case .zoneStale: "A name server gave old data."
        case .transportFault: "Some answers did not reach everyone."
        case .parentFault: "The zone above the domain had a fault."
        case .expiry: "The registration was about to end."
        case .registryHold: "The registry had put the domain on hold."
        case .registrationChange: "The registration was changed."
        case .resolverFault: "A resolver that is used for comparison had a fault."
        case .monitorFault: "The monitor itself had a fault."
        case .registryUnavailable: "The registry gave no information."
        case .healthFailing: "Too few domains of a group were well."
        case .posture: "A long-standing weakness."
        case .plannedChange: "An announced change."
        case .ttlAnomaly: "The times for which answers are cached (TTL) were changed."
        case .propagation: "The new records were not visible everywhere yet."
        case .rotation, .routine: "Records of the domain were changed."
        }
    }

    func sentence(_ weakness: Wording.WeaknessKind) -> String {
        switch weakness {
        case .singleServer: "The domain depends on a single name server or network."
        case .differingLists: "Lists of the domain's name servers do not agree."
        case .lameServer: "A listed name server does not serve the domain."
        case .unsigned: "The domain is not fully protected by DNSSEC."
        case .outdatedSigning: "DNSSEC is used with outdated settings."
        case .unlocked: "The registration is not locked against transfers."
        case .undated: "The registry publishes no end of the registration."
        case .openZone: "Anyone can copy the whole zone."
        case .unusualTTL: "Times to live are unusual."
        case .transport: "Some answers do not reach everyone."
        case .other: "A long-standing weakness."
        }
    }

    func words(_ severity: Severity) -> String {
        switch severity {
        case .critical: "Critical"
        case .warning: "Warning"
        case .notice: "Notice"
        case .info: "Info"
        }
    }

    func words(_ day: Report.DayState) -> String {
        switch day {
        case .unknown: "not recorded"
        case .good: "well"
        case .disturbed: "some checks failed"
        case .warning: "warning"
        case .critical: "critical"
        }
    }

    func words(_ outcome: Report.Work.Outcome) -> String {
        switch outcome {
        case .came: "as announced"
        case .different: "different"
        case .missing: "did not happen"
        case .underWay: "in progress"
        case .ahead: "upcoming"
        case .notRecorded: "not recorded"
        }
    }

    func words(_ fact: Wording.Fact) -> String {
        switch fact {
        case .aliasTarget: "CNAME target"
        case .address: "address"
        case .delegation: "delegation"
        case .registrar: "registrar"
        case .status: "status"
        }
    }

    func span(_ number: Int, _ unit: Wording.Unit) -> String {
        switch unit {
        case .seconds: "\(number) s"
        case .minutes: "\(number) min"
        case .hours: "\(number) h"
        case .days: count(number, "day", "days")
        }
    }

    func day(_ day: Int, month: Int, year: Int) -> String { "\(day) \(Self.months[month - 1].prefix(3)) \(year)" }
}
