/// Spanish.
///
/// One word for one thing: domain = dominio, name server = servidor de nombres, resolver = resolutor, record = dato
/// DNS, look = comprobación, second look = comprobación de confirmación, resolved = resuelto, incident = incidente,
/// warning = advertencia, notice = aviso, change = cambio, to tell = comunicar, to acknowledge = reconocer, to accept
/// = aceptar, over = terminado, weakness = punto débil, registration = registro, registry = entidad de registro,
/// registrar = registrador, delegation = delegación, zone = zona, announced = anunciado, not seen = sin datos, not
/// recorded = no registrado, to watch = vigilar, monitor = sistema de vigilancia.
struct SpanishWords: Phrasebook {
    let language = Language.spanish

    private static let months = [
        "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre",
        "diciembre",
    ]
    private static let shortMonths = [
        "ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sept", "oct", "nov", "dic",
    ]

    private func domains(_ number: Int) -> String { count(number, "dominio", "dominios", elided: nil) }
    private func days(_ number: Int) -> String { count(number, "día", "días", elided: nil) }
    private func warnings(_ number: Int) -> String { count(number, "advertencia", "advertencias", elided: nil) }
    private func isOne(_ number: Int) -> Bool { language.category(of: number) == .one }

    func words(_ phrase: Wording.Phrase) -> String {
        switch phrase {
        case .domains: "dominios"
        case .subtitle: "Los dominios y sus servidores de nombres"
        case .noDomain: "No se vigila ningún dominio."
        case .allUnknown: "No se conoce el estado de los dominios"
        case .notAllSeen: "Algunos aún no se han comprobado desde que se inició el sistema de vigilancia."
        case .conditionFailing: "con fallos"
        case .conditionWarning: "advertencia"
        case .conditionUnknown: "estado desconocido"
        case .conditionWell: "en orden"
        case .language: "Idioma"
        case .lastDays: "Los últimos 90 días"
        case .today: "hoy"
        case .resolutionUnknown: "No se ha registrado con qué frecuencia se resolvió"
        case .plannedWork: "Trabajos previstos"
        case .noPlannedWork: "No hay nada anunciado para los próximos 90 días."
        case .announcedWork: "Trabajos anunciados"
        case .allDomains: "todos los dominios"
        case .reports: "Informes"
        case .explanation:
            "Los días se cuentan en UTC. Un día gris es un día sin datos: no cuenta ni a favor ni en contra. "
                + "«Resuelto» es la proporción de comprobaciones en las que la mayoría de los resolutores operativos "
                + "encontraron el dominio."
        case .timesUTC: "Las horas se indican en UTC."
        case .timesLocal: "Las horas son las del reloj de su dispositivo."
        case .noRecentIncidents: "Ninguno en los últimos 90 días."
        case .when: "Cuándo"
        case .domain: "Dominio"
        case .what: "Qué"
        case .left: "Queda"
        case .incidents: "Incidentes"
        case .changes: "Cambios"
        case .fromTo: "Desde, hasta"
        case .accepted: "Aceptado"
        case .came: "Realizado"
        case .sinceColumn: "Desde"
        case .endings: "Qué vence en los próximos 90 días"
        case .noEndings: "Nada, que se sepa."
        case .registration: "registro"
        case .statedRegistration: "registro, según el titular"
        case .signature: "primera firma en vencer"
        case .past: "vencido"
        case .over: "terminado"
        case .since: "desde el"
        case .back: "Volver"
        case .made: "elaborado el"
        case .unfinished: "El período no ha terminado: estas cifras aún cambiarán."
        case .cut: "Había más elementos de los que caben en un informe: se han omitido los más antiguos."
        case .tooManyDays: "Son demasiados días para mostrarlos uno por uno."
        case .notBegun: "El período no ha comenzado."
        case .resolved: "Resuelto"
        case .resolvedNote: "de las comprobaciones, por la mayoría de los resolutores"
        case .served: "Los servidores de nombres respondieron"
        case .servedNote: "de las comprobaciones, al menos un servidor de nombres"
        case .noneOpened: "ninguno nuevo"
        case .toldAfter: "Comunicado tras"
        case .toldNone: "no hubo nada que comunicar, o no se ha registrado"
        case .overAfter: "Terminado tras"
        case .overNone: "no ha terminado ninguno"
        case .acknowledgedAfter: "Reconocido tras"
        case .availability: "Disponibilidad, día a día"
        case .seenOn: "Datos de"
        case .serversTook: "Tiempo de respuesta de los servidores de nombres"
        case .resolversTook: "Tiempo de respuesta de los resolutores"
        case .noIncidents: "Ninguno estuvo abierto en este período."
        case .notRecorded: "no registrado"
        case .byNobody: "por nadie"
        case .stillOpen: "aún abierto"
        case .noChanges: "Ninguno en este período."
        case .changed: "cambiado"
        case .nothing: "nada"
        case .cameAsAnnounced: "como se anunció"
        case .putBack: "revertido"
        case .acceptedWord: "aceptado"
        case .announced: "Qué se anunció y se realizó"
        case .noneAnnounced: "No había nada anunciado para este período."
        case .weaknesses: "Puntos débiles persistentes"
        case .trendUnknown: "Día a día: no registrado."
        case .new: "nuevo"
        case .reckoning: "Cómo se calcula"
        case .explainResolved:
            "una comprobación cuenta a favor del dominio si al menos la mitad de los resolutores operativos lo "
                + "resolvieron, y en contra en caso contrario. Un resolutor resuelve un dominio cuando al menos la "
                + "mitad de sus respuestas sobre él aclaran algo y no todas dicen que el nombre no existe; si un "
                + "resolutor falla también con nombres ajenos al dominio, no se tiene en cuenta."
        case .explainServed:
            "al menos un servidor de nombres del dominio dio una respuesta sobre él. Las comprobaciones sin ninguna "
                + "respuesta no cuentan, ni tampoco las de confirmación, que se hacen cuando algo va mal. Los "
                + "porcentajes se redondean hacia abajo."
        case .explainTold:
            "desde que se abrió el incidente hasta que el destinatario recibió el primer mensaje sobre él. Los "
                + "incidentes con una misma causa se comunican en un solo mensaje, que cuenta para cada uno de ellos."
        case .explainOver:
            "hasta que el incidente terminó o el cambio se revirtió. Un incidente que abarca varios períodos figura "
                + "en cada uno de ellos y cuenta en aquel en que se abrió. Los incidentes del propio sistema de "
                + "vigilancia, de los resolutores y de las entidades de registro no son incidentes de un dominio."
        case .tableColumns: "sección,dominio,qué,desde,hasta,número,total,unidad,texto"
        case .endsAhead: "En los próximos 90 días vencen:"
        case .nothingEndsAhead: "Que se sepa, nada vence en los próximos 90 días."
        case .wholeReport: "El informe completo"
        case .attached: "El informe completo va adjunto."
        case .noPage: "Esta página no existe."
        case .unauthorized: "Esta página está protegida con una contraseña."
        case .busy: "Se están comprobando demasiadas contraseñas. Inténtelo de nuevo en unos segundos."
        case .broken: "Se ha producido un error. Inténtelo de nuevo más tarde."
        case .badPeriod:
            "Un período es un mes (2026-10), una semana (2026-W44) o varios días (2026-10-03_2026-10-09)."
        }
    }

    func words(_ message: Wording.Message) -> String {
        switch message {
        case .failing(let some, let all): "\(number(some)) de \(domains(all)) con fallos"
        case .warned(let some, let all): "\(number(some)) de \(domains(all)) con una advertencia"
        case .someUnknown(let some, let all): "De \(domains(all)), no se conoce el estado de \(number(some))"
        case .allWell(let all): isOne(all) ? "El dominio está en orden" : "Los \(domains(all)) están en orden"
        case .lookedAgo(let span): "La comprobación más antigua se hizo hace \(span)."
        case .moreIncidents(let more): "\(number(more)) más \(isOne(more) ? "figura" : "figuran") en los informes."
        case .days(let days): self.days(days)
        case .daysBeing(let state, let days):
            switch state {
            case .unknown: "\(number(days)) sin datos"
            case .good: "\(number(days)) en orden"
            case .disturbed: "\(number(days)) con fallos aislados"
            case .warning: "\(number(days)) con una advertencia"
            case .critical: "\(number(days)) \(isOne(days) ? "crítico" : "críticos")"
            }
        case .resolvedShare(let share): "Resuelto en el \(share)"
        case .domainNumber(let place): "Dominio \(place)"
        case .zone(let zone): "Las horas son las de la zona horaria \(zone)."
        case .month(let month, let year): "\(Self.months[month - 1]) de \(year)"
        case .week(let week, let year): "semana \(week) de \(year)"
        case .range(let from, let to): "del \(from) al \(to)"
        case .dayRange(let from, let to): "del \(from) al \(to), días en UTC"
        case .heading(let period): "Informe de dominios: \(period)"
        case .title(let period, let owner): "Informe de dominios, \(period): \(owner)"
        case .unseenDays(let some, let all):
            "En \(number(some)) de \(number(all)) días de dominio no se registró nada. Aparecen en gris y no cuentan "
                + "ni a favor ni en contra de la disponibilidad."
        case .openedIncidents(let critical, let warned, let open):
            "\(number(critical)) \(isOne(critical) ? "crítico" : "críticos"), \(warnings(warned)), "
                + "\(number(open)) aún \(isOne(open) ? "abierto" : "abiertos")"
        case .median(let all, let longest): "mediana de \(number(all)); máximo \(longest)"
        case .acceptedChanges(let some):
            "\(number(some)) \(isOne(some) ? "aceptado" : "aceptados") por una persona"
        case .posture(let start, let end, let new, let mended, let accepted):
            "\(number(start)) al principio, \(number(end)) al final: \(number(new)) "
                + "\(isOne(new) ? "nuevo" : "nuevos"), \(number(mended)) "
                + "\(isOne(mended) ? "corregido" : "corregidos"), \(number(accepted)) "
                + "\(isOne(accepted) ? "aceptado tal cual" : "aceptados tal cual")."
        case .trend(let first, let last):
            "Día a día: \(number(first)) el primer día registrado, \(number(last)) el último: "
                + (first == last ? "tantos como antes." : last < first ? "menos que antes." : "más que antes.")
        case .seenDays(let some, let all): "\(number(some)) de \(days(all))"
        case .acceptedBy(let person): "aceptado por \(person)"
        case .firstShown(let heading, let shown, let all):
            "\(heading): se muestran las primeras \(number(shown)) entradas de \(number(all)); CSV y JSON las "
                + "contienen todas."
        case .ttl(let type): "TTL de \(type)"
        case .availabilityUnknown(let all): "\(domains(all)): disponibilidad no registrada."
        case .availability(let all, let resolved, let served):
            "\(domains(all)): resolución correcta en el \(resolved) de las comprobaciones; los servidores de nombres "
                + "respondieron en el \(served)."
        case .seenLine(let some, let all): "Datos de \(number(some)) de \(number(all)) días de dominio."
        case .incidentLine(let critical, let warned, let notices, let open):
            "Incidentes: \(number(critical)) \(isOne(critical) ? "crítico" : "críticos"), \(warnings(warned)), "
                + "\(count(notices, "aviso", "avisos", elided: nil)); \(number(open)) aún "
                + "\(isOne(open) ? "abierto" : "abiertos")."
        case .changeLine(let all, let accepted):
            "Cambios: \(number(all)), de ellos \(number(accepted)) \(isOne(accepted) ? "aceptado" : "aceptados")."
        case .weaknessLine(let start, let end):
            "Puntos débiles persistentes: \(number(start)) al principio, \(number(end)) al final."
        case .andMore(let more): "y \(number(more)) más"
        case .longestPeriod(let days): "Un período tiene aquí como máximo \(self.days(days))."
        }
    }

    func sentence(_ incidentClass: IncidentClass) -> String {
        switch incidentClass {
        case .hijackSuspected: "Se sustituyeron datos DNS o la delegación sin que se hubiera anunciado."
        case .resolverPoisoned: "Un resolutor daba respuestas falsas."
        case .takeoverRisk: "Terceros podrían haberse hecho con un nombre del que depende el dominio."
        case .policyWeakened: "Se relajó una política que protege el dominio."
        case .dnssecBroken:
            "Había firmas (DNSSEC) no válidas: parte de los visitantes no podía acceder al dominio."
        case .dnssecExpiring: "Había firmas (DNSSEC) a punto de vencer."
        case .dnssecDowngraded: "El dominio ya no estaba protegido por DNSSEC."
        case .authorityOutage: "Servidores de nombres del dominio no respondían."
        case .delegationBroken:
            "La inscripción en la entidad de registro no llevaba a servidores de nombres operativos."
        case .recordsLost: "Faltaban datos DNS del dominio."
        case .zoneStale: "Un servidor de nombres daba datos anticuados."
        case .transportFault: "Las respuestas no llegaban a todos."
        case .parentFault: "La zona superior al dominio tenía un fallo."
        case .expiry: "El registro estaba a punto de vencer."
        case .registryHold: "La entidad de registro había bloqueado el dominio."
        case .registrationChange: "Se modificó el registro."
        case .resolverFault: "Un resolutor que sirve de comparación tenía un fallo."
        case .monitorFault: "El propio sistema de vigilancia tenía un fallo."
        case .registryUnavailable: "La entidad de registro no daba información."
        case .healthFailing: "Muy pocos dominios de un grupo estaban en orden."
        case .posture: "Un punto débil persistente."
        case .plannedChange: "Un cambio anunciado."
        case .ttlAnomaly: "Se cambió el tiempo durante el que se conservan las respuestas."
        case .propagation: "No todos recibían todavía los nuevos datos DNS."
        case .rotation, .routine: "Se cambiaron datos DNS del dominio."
        }
    }

    func sentence(_ weakness: Wording.WeaknessKind) -> String {
        switch weakness {
        case .singleServer: "El dominio depende de un solo servidor de nombres o de una sola red."
        case .differingLists: "Las listas de servidores de nombres del dominio no coinciden."
        case .lameServer: "Un servidor de nombres inscrito no atiende el dominio."
        case .unsigned: "El dominio no está totalmente protegido por DNSSEC."
        case .outdatedSigning: "DNSSEC se usa con ajustes anticuados."
        case .unlocked: "El registro no está bloqueado contra transferencias."
        case .undated: "La entidad de registro no publica el vencimiento del registro."
        case .openZone: "Cualquiera puede copiar la zona completa."
        case .unusualTTL: "El tiempo durante el que se conservan las respuestas es inusual."
        case .transport: "No todas las respuestas llegan a todos."
        case .other: "Un punto débil persistente."
        }
    }

    func words(_ severity: Severity) -> String {
        switch severity {
        case .critical: "Crítico"
        case .warning: "Advertencia"
        case .notice: "Aviso"
        case .info: "Información"
        }
    }

    func words(_ day: Report.DayState) -> String {
        switch day {
        case .unknown: "sin datos"
        case .good: "en orden"
        case .disturbed: "fallos aislados"
        case .warning: "advertencia"
        case .critical: "crítico"
        }
    }

    func words(_ outcome: Report.Work.Outcome) -> String {
        switch outcome {
        case .came: "realizado"
        case .different: "realizado de otro modo"
        case .missing: "no realizado"
        case .underWay: "en curso"
        case .ahead: "pendiente"
        case .notRecorded: "no registrado"
        }
    }

    func words(_ fact: Wording.Fact) -> String {
        switch fact {
        case .aliasTarget: "destino del CNAME"
        case .address: "dirección"
        case .delegation: "delegación"
        case .registrar: "registrador"
        case .status: "estado"
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

    func day(_ day: Int, month: Int, year: Int) -> String { "\(day) \(Self.shortMonths[month - 1]) \(year)" }
}
