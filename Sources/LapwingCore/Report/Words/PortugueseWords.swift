/// Portuguese, as it is written in Brazil.
///
/// One word for one thing: domain = domínio, name server = servidor de nomes, resolver = resolvedor, record = dado
/// DNS, look = verificação, second look = verificação de confirmação, resolved = resolvido, incident = incidente,
/// warning = alerta, notice = aviso, change = alteração, to tell = comunicar, to acknowledge = reconhecer, to accept
/// = aceitar, over = encerrado, weakness = ponto fraco, registration = registro, registry = entidade de registro,
/// registrar = registrador, delegation = delegação, zone = zona, announced = anunciado, not seen = sem dados, not
/// recorded = não medido, to watch = monitorar, monitor = monitoramento.
struct PortugueseWords: Phrasebook {
    let language = Language.portuguese

    private static let months = [
        "janeiro", "fevereiro", "março", "abril", "maio", "junho", "julho", "agosto", "setembro", "outubro", "novembro",
        "dezembro",
    ]

    private func domains(_ number: Int) -> String { count(number, "domínio", "domínios", elided: nil) }
    private func days(_ number: Int) -> String { count(number, "dia", "dias", elided: nil) }
    private func warnings(_ number: Int) -> String { count(number, "alerta", "alertas", elided: nil) }
    private func isOne(_ number: Int) -> Bool { language.category(of: number) == .one }

    func words(_ phrase: Wording.Phrase) -> String {
        switch phrase {
        case .domains: "domínios"
        case .subtitle: "Os domínios e seus servidores de nomes"
        case .noDomain: "Nenhum domínio é monitorado."
        case .allUnknown: "O estado dos domínios não é conhecido"
        case .notAllSeen: "Alguns ainda não foram verificados desde o início do monitoramento."
        case .conditionFailing: "com falha"
        case .conditionWarning: "alerta"
        case .conditionUnknown: "estado desconhecido"
        case .conditionWell: "em ordem"
        case .language: "Idioma"
        case .lastDays: "Os últimos 90 dias"
        case .today: "hoje"
        case .resolutionUnknown: "A taxa de resolução não foi medida"
        case .plannedWork: "Trabalhos previstos"
        case .noPlannedWork: "Nada está anunciado para os próximos 90 dias."
        case .announcedWork: "Trabalhos anunciados"
        case .allDomains: "todos os domínios"
        case .reports: "Relatórios"
        case .explanation:
            "Os dias são contados em UTC. Um dia cinza é um dia sem dados: não conta nem a favor nem contra. "
                + "“Resolvido” é a proporção de verificações em que a maioria dos resolvedores em funcionamento "
                + "encontrou o domínio."
        case .timesUTC: "Os horários estão em UTC."
        case .timesLocal: "Os horários são os do relógio do seu dispositivo."
        case .noRecentIncidents: "Nenhum nos últimos 90 dias."
        case .when: "Quando"
        case .domain: "Domínio"
        case .what: "O quê"
        case .left: "Restam"
        case .incidents: "Incidentes"
        case .changes: "Alterações"
        case .fromTo: "De, até"
        case .accepted: "Aceita"
        case .came: "Realizado"
        case .sinceColumn: "Desde"
        case .endings: "O que vence nos próximos 90 dias"
        case .noEndings: "Nada, pelo que se sabe."
        case .registration: "registro"
        case .statedRegistration: "registro, conforme o titular"
        case .signature: "primeira assinatura a vencer"
        case .past: "vencido"
        case .over: "encerrado"
        case .since: "desde"
        case .back: "Voltar"
        case .made: "elaborado em"
        case .unfinished: "O período não terminou: estes números ainda vão mudar."
        case .cut: "Havia mais itens do que cabem em um relatório: os mais antigos foram omitidos."
        case .tooManyDays: "São dias demais para mostrar um a um."
        case .notBegun: "O período ainda não começou."
        case .resolved: "Resolvido"
        case .resolvedNote: "das verificações, pela maioria dos resolvedores"
        case .served: "Os servidores de nomes responderam"
        case .servedNote: "das verificações, ao menos um servidor de nomes"
        case .noneOpened: "nenhum novo"
        case .toldAfter: "Comunicado após"
        case .toldNone: "não havia nada a comunicar, ou não foi medido"
        case .overAfter: "Encerrado após"
        case .overNone: "nenhum foi encerrado"
        case .acknowledgedAfter: "Reconhecido após"
        case .availability: "Disponibilidade, dia a dia"
        case .seenOn: "Dados de"
        case .serversTook: "Tempo de resposta dos servidores de nomes"
        case .resolversTook: "Tempo de resposta dos resolvedores"
        case .noIncidents: "Nenhum esteve aberto neste período."
        case .notRecorded: "não medido"
        case .byNobody: "por ninguém"
        case .stillOpen: "ainda aberto"
        case .noChanges: "Nenhuma neste período."
        case .changed: "alterado"
        case .nothing: "nada"
        case .cameAsAnnounced: "como anunciado"
        case .putBack: "revertida"
        case .acceptedWord: "aceita"
        case .announced: "O que foi anunciado e realizado"
        case .noneAnnounced: "Nada estava anunciado para este período."
        case .weaknesses: "Pontos fracos persistentes"
        case .trendUnknown: "Dia a dia: não medido."
        case .new: "novo"
        case .reckoning: "Como é calculado"
        case .explainResolved:
            "uma verificação conta a favor do domínio se ao menos metade dos resolvedores em funcionamento o "
                + "resolveu, e contra ele caso contrário. Um resolvedor resolve um domínio quando ao menos metade de "
                + "suas respostas sobre ele esclarece algo e nem todas dizem que o nome não existe; um resolvedor "
                + "que também falha com nomes de fora do domínio não é levado em conta."
        case .explainServed:
            "ao menos um servidor de nomes do domínio deu uma resposta sobre ele. Verificações sem nenhuma resposta "
                + "não contam, nem as de confirmação, feitas quando algo está errado. As porcentagens são "
                + "arredondadas para baixo."
        case .explainTold:
            "desde a abertura do incidente até o destinatário receber a primeira mensagem sobre ele. Incidentes com "
                + "uma mesma causa são comunicados em uma só mensagem, que conta para cada um deles."
        case .explainOver:
            "até o incidente ser encerrado ou a alteração ser revertida. Um incidente que abrange vários períodos "
                + "aparece em cada um deles e conta naquele em que foi aberto. Incidentes do próprio monitoramento, "
                + "de resolvedores e de entidades de registro não são incidentes de um domínio."
        case .tableColumns: "seção,domínio,o quê,de,até,número,total,unidade,texto"
        case .endsAhead: "Nos próximos 90 dias vencem:"
        case .nothingEndsAhead: "Pelo que se sabe, nada vence nos próximos 90 dias."
        case .wholeReport: "O relatório completo"
        case .attached: "O relatório completo está em anexo."
        case .noPage: "Esta página não existe."
        case .unauthorized: "Esta página é protegida por senha."
        case .busy: "Há senhas demais sendo verificadas. Tente novamente em alguns segundos."
        case .broken: "Ocorreu um erro. Tente novamente mais tarde."
        case .badPeriod:
            "Um período é um mês (2026-10), uma semana (2026-W44) ou vários dias (2026-10-03_2026-10-09)."
        }
    }

    func words(_ message: Wording.Message) -> String {
        switch message {
        case .failing(let some, let all): "\(number(some)) de \(domains(all)) com falha"
        case .warned(let some, let all): "\(number(some)) de \(domains(all)) com alerta"
        case .someUnknown(let some, let all): "De \(domains(all)), não se conhece o estado de \(number(some))"
        case .allWell(let all): isOne(all) ? "O domínio está em ordem" : "Os \(domains(all)) estão em ordem"
        case .lookedAgo(let span): "A verificação mais antiga foi feita há \(span)."
        case .moreIncidents(let more):
            isOne(more) ? "Mais \(number(more)) está nos relatórios." : "Mais \(number(more)) estão nos relatórios."
        case .days(let days): self.days(days)
        case .daysBeing(let state, let days):
            switch state {
            case .unknown: "\(number(days)) sem dados"
            case .good: "\(number(days)) em ordem"
            case .disturbed: "\(number(days)) com falhas isoladas"
            case .warning: "\(number(days)) com alerta"
            case .critical: "\(number(days)) \(isOne(days) ? "crítico" : "críticos")"
            }
        case .resolvedShare(let share): "Resolvido em \(share)"
        case .domainNumber(let place): "Domínio \(place)"
        case .zone(let zone): "Os horários são os do fuso \(zone)."
        case .month(let month, let year): "\(Self.months[month - 1]) de \(year)"
        case .week(let week, let year): "semana \(week) de \(year)"
        case .range(let from, let to): "de \(from) a \(to)"
        case .dayRange(let from, let to): "de \(from) a \(to), dias em UTC"
        case .heading(let period): "Relatório de domínios: \(period)"
        case .title(let period, let owner): "Relatório de domínios, \(period): \(owner)"
        case .unseenDays(let some, let all):
            "Em \(number(some)) de \(number(all)) dias de domínio nada foi medido. Eles aparecem em cinza e não "
                + "contam nem a favor nem contra a disponibilidade."
        case .openedIncidents(let critical, let warned, let open):
            "\(number(critical)) \(isOne(critical) ? "crítico" : "críticos"), \(warnings(warned)), "
                + "\(number(open)) ainda \(isOne(open) ? "aberto" : "abertos")"
        case .median(let all, let longest): "mediana de \(number(all)); máximo \(longest)"
        case .acceptedChanges(let some): "\(number(some)) \(isOne(some) ? "aceita" : "aceitas") por uma pessoa"
        case .posture(let start, let end, let new, let mended, let accepted):
            "\(number(start)) no início, \(number(end)) no fim: \(number(new)) \(isOne(new) ? "novo" : "novos"), "
                + "\(number(mended)) \(isOne(mended) ? "corrigido" : "corrigidos"), "
                + "\(number(accepted)) \(isOne(accepted) ? "aceito como está" : "aceitos como estão")."
        case .trend(let first, let last):
            "Dia a dia: \(number(first)) no primeiro dia medido, \(number(last)) no último: "
                + (first == last ? "tantos quanto antes." : last < first ? "menos que antes." : "mais que antes.")
        case .seenDays(let some, let all): "\(number(some)) de \(days(all))"
        case .acceptedBy(let person): "aceita por \(person)"
        case .firstShown(let heading, let shown, let all):
            "\(heading): são mostradas as primeiras \(number(shown)) de \(number(all)) linhas; CSV e JSON contêm todas."
        case .ttl(let type): "TTL de \(type)"
        case .availabilityUnknown(let all): "\(domains(all)): disponibilidade não medida."
        case .availability(let all, let resolved, let served):
            "\(domains(all)): resolução bem-sucedida em \(resolved) das verificações; os servidores de nomes "
                + "responderam em \(served)."
        case .seenLine(let some, let all): "Dados de \(number(some)) de \(number(all)) dias de domínio."
        case .incidentLine(let critical, let warned, let notices, let open):
            "Incidentes: \(number(critical)) \(isOne(critical) ? "crítico" : "críticos"), \(warnings(warned)), "
                + "\(count(notices, "aviso", "avisos", elided: nil)); \(number(open)) ainda "
                + "\(isOne(open) ? "aberto" : "abertos")."
        case .changeLine(let all, let accepted):
            "Alterações: \(number(all)), das quais \(number(accepted)) \(isOne(accepted) ? "aceita" : "aceitas")."
        case .weaknessLine(let start, let end):
            "Pontos fracos persistentes: \(number(start)) no início, \(number(end)) no fim."
        case .andMore(let more): "e mais \(number(more))"
        case .longestPeriod(let days): "Um período tem aqui no máximo \(self.days(days))."
        }
    }

    func sentence(_ incidentClass: IncidentClass) -> String {
        switch incidentClass {
        case .hijackSuspected: "Dados DNS ou a delegação foram substituídos sem que isso tivesse sido anunciado."
        case .resolverPoisoned: "Um resolvedor dava respostas falsas."
        case .takeoverRisk: "Um nome do qual o domínio depende poderia ter sido tomado por terceiros."
        case .policyWeakened: "Uma política que protege o domínio foi afrouxada."
        case .dnssecBroken:
            "Havia assinaturas (DNSSEC) inválidas: parte dos visitantes não conseguia acessar o domínio."
        case .dnssecExpiring: "Havia assinaturas (DNSSEC) prestes a vencer."
        case .dnssecDowngraded: "O domínio não estava mais protegido por DNSSEC."
        case .authorityOutage: "Servidores de nomes do domínio não respondiam."
        case .delegationBroken: "A inscrição na entidade de registro não levava a servidores de nomes em funcionamento."
        case .recordsLost: "Faltavam dados DNS do domínio."
        case .zoneStale: "Um servidor de nomes dava dados desatualizados."
        case .transportFault: "As respostas não chegavam a todos."
        case .parentFault: "A zona acima do domínio tinha uma falha."
        case .expiry: "O registro estava prestes a vencer."
        case .registryHold: "A entidade de registro havia bloqueado o domínio."
        case .registrationChange: "O registro foi alterado."
        case .resolverFault: "Um resolvedor usado para comparação tinha uma falha."
        case .monitorFault: "O próprio monitoramento tinha uma falha."
        case .registryUnavailable: "A entidade de registro não dava informações."
        case .healthFailing: "Poucos domínios de um grupo estavam em ordem."
        case .posture: "Um ponto fraco persistente."
        case .plannedChange: "Uma alteração anunciada."
        case .ttlAnomaly: "O tempo durante o qual as respostas são guardadas foi alterado."
        case .propagation: "Nem todos recebiam ainda os novos dados DNS."
        case .rotation, .routine: "Dados DNS do domínio foram alterados."
        }
    }

    func sentence(_ weakness: Wording.WeaknessKind) -> String {
        switch weakness {
        case .singleServer: "O domínio depende de um único servidor de nomes ou de uma única rede."
        case .differingLists: "As listas de servidores de nomes do domínio não coincidem."
        case .lameServer: "Um servidor de nomes inscrito não atende o domínio."
        case .unsigned: "O domínio não está totalmente protegido por DNSSEC."
        case .outdatedSigning: "O DNSSEC é usado com configurações ultrapassadas."
        case .unlocked: "O registro não está bloqueado contra transferências."
        case .undated: "A entidade de registro não publica o vencimento do registro."
        case .openZone: "Qualquer pessoa pode copiar a zona inteira."
        case .unusualTTL: "O tempo durante o qual as respostas são guardadas é incomum."
        case .transport: "Nem todas as respostas chegam a todos."
        case .other: "Um ponto fraco persistente."
        }
    }

    func words(_ severity: Severity) -> String {
        switch severity {
        case .critical: "Crítico"
        case .warning: "Alerta"
        case .notice: "Aviso"
        case .info: "Informação"
        }
    }

    func words(_ day: Report.DayState) -> String {
        switch day {
        case .unknown: "sem dados"
        case .good: "em ordem"
        case .disturbed: "falhas isoladas"
        case .warning: "alerta"
        case .critical: "crítico"
        }
    }

    func words(_ outcome: Report.Work.Outcome) -> String {
        switch outcome {
        case .came: "realizado"
        case .different: "realizado de outra forma"
        case .missing: "não realizado"
        case .underWay: "em andamento"
        case .ahead: "previsto"
        case .notRecorded: "não medido"
        }
    }

    func words(_ fact: Wording.Fact) -> String {
        switch fact {
        case .aliasTarget: "destino do CNAME"
        case .address: "endereço"
        case .delegation: "delegação"
        case .registrar: "registrador"
        case .status: "status"
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
        let name = Self.months[month - 1]
        return "\(day) de \(name.prefix(3)). de \(year)"
    }
}
