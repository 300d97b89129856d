/// French.
///
/// One word for one thing: domain = domaine, name server = serveur de noms, resolver = résolveur, record = donnée
/// DNS, look = contrôle, second look = contrôle de confirmation, resolved = résolu, incident = incident, warning =
/// avertissement, notice = remarque, change = modification, to tell = signaler, to acknowledge = prendre en compte,
/// to accept = accepter, over = terminé, weakness = point faible, registration = enregistrement, registry = registre,
/// registrar = bureau d’enregistrement, delegation = délégation, zone = zone, announced = annoncé, not seen = sans
/// données, not recorded = non relevé, to watch = surveiller, monitor = surveillance.
struct FrenchWords: Phrasebook {
    let language = Language.french

    private static let months = [
        "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
        "décembre",
    ]
    private static let shortMonths = [
        "janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc.",
    ]

    private func domains(_ number: Int) -> String { count(number, "domaine", "domaines", elided: "d’") }
    private func days(_ number: Int) -> String { count(number, "jour", "jours", elided: "d’") }
    private func warnings(_ number: Int) -> String {
        count(number, "avertissement", "avertissements", elided: "d’")
    }
    private func isOne(_ number: Int) -> Bool { language.category(of: number) == .one }

    func words(_ phrase: Wording.Phrase) -> String {
        switch phrase {
        case .domains: "domaines"
        case .subtitle: "Les domaines et leurs serveurs de noms"
        case .noDomain: "Aucun domaine n’est surveillé."
        case .allUnknown: "L’état des domaines n’est pas connu"
        case .notAllSeen: "Certains n’ont pas encore été contrôlés depuis le démarrage de la surveillance."
        case .conditionFailing: "en panne"
        case .conditionWarning: "avertissement"
        case .conditionUnknown: "état inconnu"
        case .conditionWell: "en ordre"
        case .language: "Langue"
        case .lastDays: "Les 90 derniers jours"
        case .today: "aujourd’hui"
        case .resolutionUnknown: "Taux de résolution non relevé"
        case .plannedWork: "Travaux prévus"
        case .noPlannedWork: "Rien n’est annoncé pour les 90 prochains jours."
        case .announcedWork: "Travaux annoncés"
        case .allDomains: "tous les domaines"
        case .reports: "Rapports"
        case .explanation:
            "Les jours sont comptés en UTC. Un jour gris est sans données\u{a0}: il ne compte ni en bien ni en mal. "
                + "«\u{a0}Résolu\u{a0}» est la part des contrôles lors desquels la plupart des résolveurs en état de "
                + "marche ont trouvé le domaine."
        case .timesUTC: "Les heures sont en UTC."
        case .timesLocal: "Les heures sont celles de votre appareil."
        case .noRecentIncidents: "Aucun au cours des 90 derniers jours."
        case .when: "Quand"
        case .domain: "Domaine"
        case .what: "Objet"
        case .left: "Reste"
        case .incidents: "Incidents"
        case .changes: "Modifications"
        case .fromTo: "De, à"
        case .accepted: "Acceptée"
        case .came: "Réalisé"
        case .sinceColumn: "Depuis"
        case .endings: "Ce qui prend fin dans les 90 prochains jours"
        case .noEndings: "Rien, pour autant qu’on le sache."
        case .registration: "enregistrement"
        case .statedRegistration: "enregistrement, selon le titulaire"
        case .signature: "première signature à expirer"
        case .past: "dépassé"
        case .over: "terminé"
        case .since: "depuis le"
        case .back: "Retour"
        case .made: "établi le"
        case .unfinished: "La période n’est pas terminée\u{a0}: ces chiffres vont encore évoluer."
        case .cut: "Il y avait plus d’éléments que n’en contient un rapport\u{a0}: les plus anciens ont été omis."
        case .tooManyDays: "Il y a trop de jours pour les montrer un par un."
        case .notBegun: "La période n’a pas commencé."
        case .resolved: "Résolu"
        case .resolvedNote: "des contrôles, par la majorité des résolveurs"
        case .served: "Réponse des serveurs de noms"
        case .servedNote: "des contrôles, au moins un serveur de noms"
        case .noneOpened: "aucun nouvel incident"
        case .toldAfter: "Signalé après"
        case .toldNone: "rien n’était à signaler, ou cela n’a pas été relevé"
        case .overAfter: "Terminé après"
        case .overNone: "aucun incident ne s’est terminé"
        case .acknowledgedAfter: "Pris en compte après"
        case .availability: "Disponibilité, jour par jour"
        case .seenOn: "Données pour"
        case .serversTook: "Temps de réponse des serveurs de noms"
        case .resolversTook: "Temps de réponse des résolveurs"
        case .noIncidents: "Aucun n’était ouvert pendant cette période."
        case .notRecorded: "non relevé"
        case .byNobody: "par personne"
        case .stillOpen: "toujours ouvert"
        case .noChanges: "Aucune pendant cette période."
        case .changed: "modifié"
        case .nothing: "rien"
        case .cameAsAnnounced: "comme annoncé"
        case .putBack: "annulée"
        case .acceptedWord: "acceptée"
        case .announced: "Ce qui était annoncé et a eu lieu"
        case .noneAnnounced: "Rien n’était annoncé pour cette période."
        case .weaknesses: "Points faibles durables"
        case .trendUnknown: "Jour par jour\u{a0}: non relevé."
        case .new: "nouveau"
        case .reckoning: "Mode de calcul"
        case .explainResolved:
            "un contrôle compte en faveur du domaine si au moins la moitié des résolveurs en état de marche l’ont "
                + "résolu, et contre lui sinon. Un résolveur résout un domaine quand au moins la moitié de ses "
                + "réponses à son sujet apportent une information et que toutes n’affirment pas que le nom n’existe "
                + "pas\u{a0}; un résolveur qui échoue aussi pour des noms extérieurs au domaine n’est pas pris en "
                + "considération."
        case .explainServed:
            "au moins un serveur de noms du domaine a donné une réponse à son sujet. Les contrôles restés sans "
                + "aucune réponse ne comptent pas, ni les contrôles de confirmation, faits en cas d’anomalie. Les "
                + "pourcentages sont arrondis par défaut."
        case .explainTold:
            "de l’ouverture de l’incident jusqu’à la réception du premier message à son sujet. Les incidents qui ont "
                + "une même cause sont signalés dans un seul message, qui compte pour chacun d’eux."
        case .explainOver:
            "jusqu’à la fin de l’incident ou l’annulation de la modification. Un incident qui s’étend sur plusieurs "
                + "périodes figure dans chacune et compte dans celle où il a été ouvert. Les incidents de la "
                + "surveillance elle-même, des résolveurs et des registres ne sont pas des incidents d’un domaine."
        case .tableColumns: "section,domaine,objet,de,à,nombre,total,unité,texte"
        case .endsAhead: "Dans les 90 prochains jours prennent fin\u{a0}:"
        case .nothingEndsAhead: "Pour autant qu’on le sache, rien ne prend fin dans les 90 prochains jours."
        case .wholeReport: "Le rapport complet"
        case .attached: "Le rapport complet est joint à ce message."
        case .noPage: "Cette page n’existe pas."
        case .unauthorized: "Cette page est protégée par un mot de passe."
        case .busy: "Trop de mots de passe sont en cours de vérification. Réessayez dans quelques secondes."
        case .broken: "Une erreur s’est produite. Réessayez plus tard."
        case .badPeriod:
            "Une période est un mois (2026-10), une semaine (2026-W44) ou des jours (2026-10-03_2026-10-09)."
        }
    }

    func words(_ message: Wording.Message) -> String {
        switch message {
        case .failing(let some, let all): "\(domains(some)) sur \(number(all)) en panne"
        case .warned(let some, let all): "\(domains(some)) sur \(number(all)) avec un avertissement"
        case .someUnknown(let some, let all): "Sur \(domains(all)), l’état de \(number(some)) n’est pas connu"
        case .allWell(let all): isOne(all) ? "Le domaine est en ordre" : "Les \(domains(all)) sont en ordre"
        case .lookedAgo(let span): "Contrôle le plus ancien\u{a0}: il y a \(span)."
        case .moreIncidents(let more):
            "\(number(more)) \(isOne(more) ? "autre figure" : "autres figurent") dans les rapports."
        case .days(let days): self.days(days)
        case .daysBeing(let state, let days):
            switch state {
            case .unknown: "\(number(days)) sans données"
            case .good: "\(number(days)) en ordre"
            case .disturbed: "\(number(days)) avec des échecs isolés"
            case .warning: "\(number(days)) avec un avertissement"
            case .critical: "\(number(days)) \(isOne(days) ? "critique" : "critiques")"
            }
        case .resolvedShare(let share): "Résolu à \(share)"
        case .domainNumber(let place): "Domaine \(place)"
        case .zone(let zone): "Les heures sont celles du fuseau \(zone)."
        case .month(let month, let year): "\(Self.months[month - 1]) \(year)"
        case .week(let week, let year): "semaine \(week) de \(year)"
        case .range(let from, let to): "du \(from) au \(to)"
        case .dayRange(let from, let to): "du \(from) au \(to), jours en UTC"
        case .heading(let period): "Rapport sur les domaines\u{a0}: \(period)"
        case .title(let period, let owner): "Rapport sur les domaines, \(period)\u{a0}: \(owner)"
        case .unseenDays(let some, let all):
            "Pour \(number(some)) des \(number(all)) jours de domaine, rien n’a été relevé. Ils sont en gris et ne "
                + "comptent ni pour ni contre la disponibilité."
        case .openedIncidents(let critical, let warned, let open):
            "\(number(critical)) \(isOne(critical) ? "critique" : "critiques"), \(warnings(warned)), "
                + "\(number(open)) toujours \(isOne(open) ? "ouvert" : "ouverts")"
        case .median(let all, let longest): "médiane de \(number(all))\u{a0}; maximum \(longest)"
        case .acceptedChanges(let some):
            "\(number(some)) \(isOne(some) ? "acceptée" : "acceptées") par une personne"
        case .posture(let start, let end, let new, let mended, let accepted):
            "\(number(start)) au début, \(number(end)) à la fin\u{a0}: \(number(new)) "
                + "\(isOne(new) ? "nouveau" : "nouveaux"), \(number(mended)) "
                + "\(isOne(mended) ? "éliminé" : "éliminés"), \(number(accepted)) "
                + "\(isOne(accepted) ? "accepté tel quel" : "acceptés tels quels")."
        case .trend(let first, let last):
            "Jour par jour\u{a0}: \(number(first)) le premier jour relevé, \(number(last)) le dernier\u{a0}: "
                + (first == last ? "autant qu’avant." : last < first ? "moins qu’avant." : "plus qu’avant.")
        case .seenDays(let some, let all): "\(number(some)) \(isOne(some) ? "jour" : "jours") sur \(number(all))"
        case .acceptedBy(let person): "acceptée par \(person)"
        case .firstShown(let heading, let shown, let all):
            "\(heading)\u{a0}: les \(number(shown)) premières lignes sur \(number(all)) sont affichées\u{a0}; CSV et "
                + "JSON les contiennent toutes."
        case .ttl(let type): "TTL de \(type)"
        case .availabilityUnknown(let all): "\(domains(all))\u{a0}: disponibilité non relevée."
        case .availability(let all, let resolved, let served):
            "\(domains(all))\u{a0}: résolution réussie dans \(resolved) des contrôles\u{a0}; réponse des serveurs de "
                + "noms dans \(served)."
        case .seenLine(let some, let all): "Données pour \(number(some)) des \(number(all)) jours de domaine."
        case .incidentLine(let critical, let warned, let notices, let open):
            "Incidents\u{a0}: \(number(critical)) \(isOne(critical) ? "critique" : "critiques"), \(warnings(warned)), "
                + "\(count(notices, "remarque", "remarques", elided: nil))\u{a0}; \(number(open)) toujours "
                + "\(isOne(open) ? "ouvert" : "ouverts")."
        case .changeLine(let all, let accepted):
            "Modifications\u{a0}: \(number(all)), dont \(number(accepted)) "
                + "\(isOne(accepted) ? "acceptée" : "acceptées")."
        case .weaknessLine(let start, let end):
            "Points faibles durables\u{a0}: \(number(start)) au début, \(number(end)) à la fin."
        case .andMore(let more): "et \(number(more)) \(isOne(more) ? "autre" : "autres")"
        case .longestPeriod(let days): "Une période compte ici \(self.days(days)) au plus."
        }
    }

    func sentence(_ incidentClass: IncidentClass) -> String {
        switch incidentClass {
        case .hijackSuspected: "Des données DNS ou la délégation ont été remplacées sans que cela ait été annoncé."
        case .resolverPoisoned: "Un résolveur donnait de fausses réponses."
        case .takeoverRisk: "Un nom dont dépend le domaine aurait pu être repris par des tiers."
        case .policyWeakened: "Une règle qui protège le domaine a été assouplie."
        case .dnssecBroken:
            "Des signatures (DNSSEC) n’étaient pas valides\u{a0}: une partie des visiteurs ne pouvait pas atteindre "
                + "le domaine."
        case .dnssecExpiring: "Des signatures (DNSSEC) étaient sur le point d’expirer."
        case .dnssecDowngraded: "Le domaine n’était plus protégé par DNSSEC."
        case .authorityOutage: "Des serveurs de noms du domaine ne répondaient pas."
        case .delegationBroken: "L’inscription au registre ne menait pas à des serveurs de noms en état de marche."
        case .recordsLost: "Des données DNS du domaine manquaient."
        case .zoneStale: "Un serveur de noms donnait des données périmées."
        case .transportFault: "Les réponses ne parvenaient pas à tout le monde."
        case .parentFault: "La zone située au-dessus du domaine présentait un défaut."
        case .expiry: "L’enregistrement était sur le point d’expirer."
        case .registryHold: "Le registre avait bloqué le domaine."
        case .registrationChange: "L’enregistrement a été modifié."
        case .resolverFault: "Un résolveur utilisé pour comparaison était en panne."
        case .monitorFault: "La surveillance elle-même était en panne."
        case .registryUnavailable: "Le registre ne donnait aucune information."
        case .healthFailing: "Trop peu de domaines d’un groupe étaient en ordre."
        case .posture: "Un point faible durable."
        case .plannedChange: "Une modification annoncée."
        case .ttlAnomaly: "Les durées de conservation des réponses ont été modifiées."
        case .propagation: "Tout le monde ne recevait pas encore les nouvelles données DNS."
        case .rotation, .routine: "Des données DNS du domaine ont été modifiées."
        }
    }

    func sentence(_ weakness: Wording.WeaknessKind) -> String {
        switch weakness {
        case .singleServer: "Le domaine dépend d’un seul serveur de noms ou d’un seul réseau."
        case .differingLists: "Les listes des serveurs de noms du domaine ne concordent pas."
        case .lameServer: "Un serveur de noms inscrit ne gère pas le domaine."
        case .unsigned: "Le domaine n’est pas entièrement protégé par DNSSEC."
        case .outdatedSigning: "DNSSEC est utilisé avec des réglages dépassés."
        case .unlocked: "L’enregistrement n’est pas verrouillé contre les transferts."
        case .undated: "Le registre ne publie pas la fin de l’enregistrement."
        case .openZone: "La zone entière peut être copiée par n’importe qui."
        case .unusualTTL: "Les durées de conservation des réponses sont inhabituelles."
        case .transport: "Toutes les réponses ne parviennent pas à tout le monde."
        case .other: "Un point faible durable."
        }
    }

    func words(_ severity: Severity) -> String {
        switch severity {
        case .critical: "Critique"
        case .warning: "Avertissement"
        case .notice: "Remarque"
        case .info: "Information"
        }
    }

    func words(_ day: Report.DayState) -> String {
        switch day {
        case .unknown: "sans données"
        case .good: "en ordre"
        case .disturbed: "échecs isolés"
        case .warning: "avertissement"
        case .critical: "critique"
        }
    }

    func words(_ outcome: Report.Work.Outcome) -> String {
        switch outcome {
        case .came: "réalisé"
        case .different: "réalisé autrement"
        case .missing: "non réalisé"
        case .underWay: "en cours"
        case .ahead: "à venir"
        case .notRecorded: "non relevé"
        }
    }

    func words(_ fact: Wording.Fact) -> String {
        switch fact {
        case .aliasTarget: "cible du CNAME"
        case .address: "adresse"
        case .delegation: "délégation"
        case .registrar: "bureau d’enregistrement"
        case .status: "statut"
        }
    }

    func span(_ number: Int, _ unit: Wording.Unit) -> String {
        switch unit {
        case .seconds: "\(number)\u{a0}s"
        case .minutes: "\(number)\u{a0}min"
        case .hours: "\(number)\u{a0}h"
        case .days: days(number)
        }
    }

    func day(_ day: Int, month: Int, year: Int) -> String {
        "\(day == 1 ? "1er" : "\(day)") \(Self.shortMonths[month - 1]) \(year)"
    }
}
