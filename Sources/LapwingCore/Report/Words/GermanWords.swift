/// German.
///
/// One word for one thing: domain = Domain, name server = Nameserver, resolver = Resolver, record = DNS-Eintrag, look
/// = Abfrage, second look = Nachprüfung, resolved = aufgelöst, incident = Vorfall, warning = Warnung, notice =
/// Hinweis, change = Änderung, to tell = melden, to acknowledge = quittieren, to accept = akzeptieren, over =
/// behoben, weakness = Schwachstelle, registration = Registrierung, registry = Registry, registrar = Registrar,
/// delegation = Delegierung, zone = Zone, announced = angekündigt, not seen = ohne Daten, not recorded = nicht
/// erfasst, to watch = überwachen, monitor = Überwachung.
struct GermanWords: Phrasebook {
    let language = Language.german

    private static let months = [
        "Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November",
        "Dezember",
    ]

    private func domains(_ number: Int) -> String { count(number, "Domain", "Domains") }

    func words(_ phrase: Wording.Phrase) -> String {
        switch phrase {
        case .domains: "Domains"
        case .subtitle: "Domains und ihre Nameserver"
        case .noDomain: "Es wird keine Domain überwacht."
        case .allUnknown: "Der Zustand der Domains ist nicht bekannt"
        case .notAllSeen: "Seit dem Start der Überwachung wurden noch nicht alle abgefragt."
        case .conditionFailing: "gestört"
        case .conditionWarning: "Warnung"
        case .conditionUnknown: "nicht bekannt"
        case .conditionWell: "in Ordnung"
        case .language: "Sprache"
        case .lastDays: "Die letzten 90 Tage"
        case .today: "heute"
        case .resolutionUnknown: "Wie oft sie aufgelöst wurde, ist nicht erfasst"
        case .plannedWork: "Geplante Arbeiten"
        case .noPlannedWork: "Für die nächsten 90 Tage ist nichts angekündigt."
        case .announcedWork: "Angekündigte Arbeiten"
        case .allDomains: "alle Domains"
        case .reports: "Berichte"
        case .explanation:
            "Tage werden nach UTC gezählt. Ein grauer Tag ist ohne Daten: Er zählt weder als gut noch als schlecht. "
                + "„Aufgelöst“ ist der Anteil der Abfragen, bei denen die meisten funktionierenden Resolver die Domain "
                + "gefunden haben."
        case .timesUTC: "Alle Zeiten sind in UTC angegeben."
        case .timesLocal: "Alle Zeiten richten sich nach der Uhr Ihres Geräts."
        case .noRecentIncidents: "In den letzten 90 Tagen gab es keine."
        case .when: "Wann"
        case .domain: "Domain"
        case .what: "Was"
        case .left: "Verbleibend"
        case .incidents: "Vorfälle"
        case .changes: "Änderungen"
        case .fromTo: "Von, bis"
        case .accepted: "Akzeptiert"
        case .came: "Eingetreten"
        case .sinceColumn: "Seit"
        case .endings: "Was in den nächsten 90 Tagen endet"
        case .noEndings: "Nichts, soweit bekannt."
        case .registration: "Registrierung"
        case .statedRegistration: "Registrierung, nach Angabe des Inhabers"
        case .signature: "früheste Signatur"
        case .past: "abgelaufen"
        case .over: "behoben"
        case .since: "seit"
        case .back: "Zurück"
        case .made: "erstellt am"
        case .unfinished: "Der Zeitraum ist noch nicht zu Ende: Diese Zahlen werden sich noch ändern."
        case .cut: "Es gab mehr, als ein Bericht aufnimmt: Die ältesten Einträge fehlen."
        case .tooManyDays: "Es sind zu viele Tage, um jeden einzeln zu zeigen."
        case .notBegun: "Der Zeitraum hat noch nicht begonnen."
        case .resolved: "Aufgelöst"
        case .resolvedNote: "aller Abfragen, von der Mehrheit der Resolver"
        case .served: "Nameserver antworteten"
        case .servedNote: "aller Abfragen, mindestens ein Nameserver"
        case .noneOpened: "keine neuen"
        case .toldAfter: "Gemeldet nach"
        case .toldNone: "nichts war zu melden, oder es ist nicht erfasst"
        case .overAfter: "Behoben nach"
        case .overNone: "nichts wurde behoben"
        case .acknowledgedAfter: "Quittiert nach"
        case .availability: "Verfügbarkeit Tag für Tag"
        case .seenOn: "Daten von"
        case .serversTook: "Antwortzeit der Nameserver"
        case .resolversTook: "Antwortzeit der Resolver"
        case .noIncidents: "In dieser Zeit war keiner offen."
        case .notRecorded: "nicht erfasst"
        case .byNobody: "von niemandem"
        case .stillOpen: "noch offen"
        case .noChanges: "Keine in dieser Zeit."
        case .changed: "geändert"
        case .nothing: "nichts"
        case .cameAsAnnounced: "wie angekündigt"
        case .putBack: "zurückgenommen"
        case .acceptedWord: "akzeptiert"
        case .announced: "Was angekündigt war und eingetreten ist"
        case .noneAnnounced: "Für diese Zeit war nichts angekündigt."
        case .weaknesses: "Dauerhafte Schwachstellen"
        case .trendUnknown: "Tag für Tag: nicht erfasst."
        case .new: "neu"
        case .reckoning: "Wie gerechnet wird"
        case .explainResolved:
            "Eine Abfrage zählt für die Domain, wenn mindestens die Hälfte der funktionierenden Resolver sie "
                + "aufgelöst hat, sonst gegen sie. Ein Resolver löst eine Domain auf, wenn mindestens die Hälfte "
                + "seiner Antworten zu ihr etwas klärt und nicht alle besagen, dass es den Namen nicht gibt. Ein "
                + "Resolver, der auch bei Namen außerhalb der Domain versagt, wird nicht berücksichtigt."
        case .explainServed:
            "Mindestens ein Nameserver der Domain hat eine Antwort zu ihr gegeben. Abfragen ohne jede Antwort zählen "
                + "nicht, ebenso wenig Nachprüfungen, die bei Auffälligkeiten erfolgen. Prozentwerte sind abgerundet."
        case .explainTold:
            "Vom Beginn des Vorfalls, bis der Empfänger die erste Meldung darüber angenommen hat. Vorfälle mit einer "
                + "gemeinsamen Ursache werden in einer Meldung mitgeteilt, die für jeden von ihnen zählt."
        case .explainOver:
            "Bis der Vorfall behoben oder die Änderung zurückgenommen war. Ein Vorfall, der in mehrere Zeiträume "
                + "fällt, steht in jedem davon und zählt in dem, in dem er begonnen hat. Vorfälle der Überwachung "
                + "selbst, der Resolver und der Registrys sind keine Vorfälle einer Domain."
        case .tableColumns: "abschnitt,domain,was,von,bis,anzahl,insgesamt,einheit,text"
        case .endsAhead: "In den nächsten 90 Tagen enden:"
        case .nothingEndsAhead: "Soweit bekannt, endet in den nächsten 90 Tagen nichts."
        case .wholeReport: "Der vollständige Bericht"
        case .attached: "Der vollständige Bericht ist angehängt."
        case .noPage: "Diese Seite gibt es nicht."
        case .unauthorized: "Diese Seite ist durch ein Passwort geschützt."
        case .busy: "Gerade werden zu viele Passwörter geprüft. Bitte versuchen Sie es in einigen Sekunden erneut."
        case .broken: "Hier ist etwas schiefgegangen. Bitte versuchen Sie es später erneut."
        case .badPeriod:
            "Ein Zeitraum ist ein Monat (2026-10), eine Woche (2026-W44) oder mehrere Tage (2026-10-03_2026-10-09)."
        }
    }

    func words(_ message: Wording.Message) -> String {
        switch message {
        case .failing(let some, let all): "\(number(some)) von \(count(all, "Domain", "Domains")) gestört"
        case .warned(let some, let all): "\(number(some)) von \(count(all, "Domain", "Domains")) mit einer Warnung"
        case .someUnknown(let some, let all):
            "Von \(domains(all)) ist bei \(number(some)) der Zustand nicht bekannt"
        case .allWell(let all): all == 1 ? "Die Domain ist in Ordnung" : "Alle \(domains(all)) sind in Ordnung"
        case .lookedAgo(let span): "Die älteste Abfrage liegt \(span) zurück."
        case .moreIncidents(let more):
            more == 1 ? "Ein weiterer steht in den Berichten." : "\(number(more)) weitere stehen in den Berichten."
        case .days(let days): count(days, "Tag", "Tage")
        case .daysBeing(let state, let days):
            switch state {
            case .unknown: "\(number(days)) ohne Daten"
            case .good: "\(number(days)) in Ordnung"
            case .disturbed: "\(number(days)) mit einzelnen fehlgeschlagenen Abfragen"
            case .warning: "\(number(days)) mit Warnung"
            case .critical: "\(number(days)) kritisch"
            }
        case .resolvedShare(let share): "\(share) aufgelöst"
        case .domainNumber(let place): "Domain \(place)"
        case .zone(let zone): "Alle Zeiten gelten für die Zeitzone \(zone)."
        case .month(let month, let year): "\(Self.months[month - 1]) \(year)"
        case .week(let week, let year): "Kalenderwoche \(week)/\(year)"
        case .range(let from, let to): "\(from) bis \(to)"
        case .dayRange(let from, let to): "\(from) bis \(to), Tage nach UTC"
        case .heading(let period): "Domain-Bericht: \(period)"
        case .title(let period, let owner): "Domain-Bericht, \(period): \(owner)"
        case .unseenDays(let days, let all):
            "An \(number(days)) von \(number(all)) Domain-Tagen wurde nichts erfasst. Sie sind grau und zählen weder "
                + "für noch gegen die Verfügbarkeit."
        case .openedIncidents(let critical, let warnings, let open):
            "\(number(critical)) kritisch, \(count(warnings, "Warnung", "Warnungen")), \(number(open)) noch offen"
        case .median(let all, let longest): "Median aus \(number(all)); längste Dauer \(longest)"
        case .acceptedChanges(let some): "\(number(some)) von einer Person akzeptiert"
        case .posture(let start, let end, let new, let mended, let accepted):
            "\(number(start)) zu Beginn, \(number(end)) am Ende: \(number(new)) neu, \(number(mended)) beseitigt, "
                + "\(number(accepted)) so akzeptiert."
        case .trend(let first, let last):
            "Tag für Tag: \(number(first)) am ersten erfassten Tag, \(number(last)) am letzten: "
                + (first == last ? "so viele wie zuvor." : last < first ? "weniger als zuvor." : "mehr als zuvor.")
        case .seenDays(let some, let all): "\(number(some)) von \(count(all, "Tag", "Tagen"))"
        case .acceptedBy(let person): "akzeptiert von \(person)"
        case .firstShown(let heading, let shown, let all):
            "\(heading): gezeigt sind die ersten \(number(shown)) von \(number(all)) Einträgen; CSV und JSON "
                + "enthalten alle."
        case .ttl(let type): "TTL von \(type)"
        case .availabilityUnknown(let all): "\(domains(all)): Die Verfügbarkeit ist nicht erfasst."
        case .availability(let all, let resolved, let served):
            "\(domains(all)): aufgelöst bei \(resolved) aller Abfragen; Nameserver antworteten bei \(served)."
        case .seenLine(let some, let all): "Daten von \(number(some)) von \(number(all)) Domain-Tagen."
        case .incidentLine(let critical, let warnings, let notices, let open):
            "Vorfälle: \(number(critical)) kritisch, \(count(warnings, "Warnung", "Warnungen")), "
                + "\(count(notices, "Hinweis", "Hinweise")); \(number(open)) noch offen."
        case .changeLine(let all, let accepted): "Änderungen: \(number(all)), davon \(number(accepted)) akzeptiert."
        case .weaknessLine(let start, let end):
            "Dauerhafte Schwachstellen: \(number(start)) zu Beginn, \(number(end)) am Ende."
        case .andMore(let more): "und \(number(more)) weitere"
        case .longestPeriod(let days): "Ein Zeitraum umfasst hier höchstens \(count(days, "Tag", "Tage"))."
        }
    }

    func sentence(_ incidentClass: IncidentClass) -> String {
        switch incidentClass {
        case .hijackSuspected: "DNS-Einträge oder die Delegierung wurden ersetzt, ohne dass es angekündigt war."
        case .resolverPoisoned: "Ein Resolver gab falsche Antworten."
        case .takeoverRisk: "Ein Name, auf den die Domain angewiesen ist, hätte von Dritten übernommen werden können."
        case .policyWeakened: "Eine Richtlinie, die die Domain schützt, wurde gelockert."
        case .dnssecBroken:
            "Signaturen (DNSSEC) waren ungültig: Ein Teil der Besucher konnte die Domain nicht erreichen."
        case .dnssecExpiring: "Signaturen (DNSSEC) standen kurz vor dem Ablauf."
        case .dnssecDowngraded: "Die Domain war nicht mehr durch DNSSEC geschützt."
        case .authorityOutage: "Nameserver der Domain antworteten nicht."
        case .delegationBroken: "Der Eintrag bei der Registry führte nicht zu funktionierenden Nameservern."
        case .recordsLost: "DNS-Einträge der Domain fehlten."
        case .zoneStale: "Ein Nameserver gab veraltete Daten aus."
        case .transportFault: "Antworten kamen nicht bei allen an."
        case .parentFault: "Die Zone über der Domain hatte einen Fehler."
        case .expiry: "Die Registrierung stand kurz vor dem Ablauf."
        case .registryHold: "Die Registry hatte die Domain gesperrt."
        case .registrationChange: "Die Registrierung wurde geändert."
        case .resolverFault: "Ein Resolver, der zum Vergleich dient, war gestört."
        case .monitorFault: "Die Überwachung selbst war gestört."
        case .registryUnavailable: "Die Registry gab keine Auskunft."
        case .healthFailing: "Zu wenige von mehreren Domains waren in Ordnung."
        case .posture: "Eine dauerhafte Schwachstelle."
        case .plannedChange: "Eine angekündigte Änderung."
        case .ttlAnomaly: "Die Zeiten, für die Antworten zwischengespeichert werden, wurden geändert."
        case .propagation: "Noch nicht alle erhielten die neuen DNS-Einträge."
        case .rotation, .routine: "DNS-Einträge der Domain wurden geändert."
        }
    }

    func sentence(_ weakness: Wording.WeaknessKind) -> String {
        switch weakness {
        case .singleServer: "Die Domain hängt von einem einzigen Nameserver oder Netz ab."
        case .differingLists: "Die Listen der Nameserver der Domain stimmen nicht überein."
        case .lameServer: "Ein eingetragener Nameserver kennt die Domain nicht."
        case .unsigned: "Die Domain ist nicht vollständig durch DNSSEC geschützt."
        case .outdatedSigning: "DNSSEC wird mit veralteten Einstellungen verwendet."
        case .unlocked: "Die Registrierung ist nicht gegen einen Transfer gesperrt."
        case .undated: "Die Registry veröffentlicht kein Ende der Registrierung."
        case .openZone: "Die gesamte Zone kann von jedem kopiert werden."
        case .unusualTTL: "Die Zeiten, für die Antworten zwischengespeichert werden, sind ungewöhnlich."
        case .transport: "Nicht jede Antwort kommt bei allen an."
        case .other: "Eine dauerhafte Schwachstelle."
        }
    }

    func words(_ severity: Severity) -> String {
        switch severity {
        case .critical: "Kritisch"
        case .warning: "Warnung"
        case .notice: "Hinweis"
        case .info: "Information"
        }
    }

    func words(_ day: Report.DayState) -> String {
        switch day {
        case .unknown: "ohne Daten"
        case .good: "in Ordnung"
        case .disturbed: "einzelne Abfragen fehlgeschlagen"
        case .warning: "Warnung"
        case .critical: "kritisch"
        }
    }

    func words(_ outcome: Report.Work.Outcome) -> String {
        switch outcome {
        case .came: "eingetreten"
        case .different: "anders eingetreten"
        case .missing: "nicht eingetreten"
        case .underWay: "im Gang"
        case .ahead: "steht bevor"
        case .notRecorded: "nicht erfasst"
        }
    }

    func words(_ fact: Wording.Fact) -> String {
        switch fact {
        case .aliasTarget: "CNAME-Ziel"
        case .address: "Adresse"
        case .delegation: "Delegierung"
        case .registrar: "Registrar"
        case .status: "Status"
        }
    }

    func span(_ number: Int, _ unit: Wording.Unit) -> String {
        switch unit {
        case .seconds: "\(number) s"
        case .minutes: "\(number) min"
        case .hours: "\(number) h"
        case .days: count(number, "Tag", "Tage")
        }
    }

    func day(_ day: Int, month: Int, year: Int) -> String {
        "\(day < 10 ? "0" : "")\(day).\(month < 10 ? "0" : "")\(month).\(year)"
    }
}
