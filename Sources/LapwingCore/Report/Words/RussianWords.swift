/// Russian.
///
/// One word for one thing: domain = домен, name server = сервер имён, resolver = резолвер, record = запись DNS, look
/// = проверка, second look = повторная проверка, to resolve = разрешать, incident = инцидент, warning =
/// предупреждение, notice = замечание, change = изменение, to tell = сообщить, to acknowledge = подтвердить, to
/// accept = принять, over = завершён, weakness = слабое место, registration = регистрация, registry = реестр,
/// registrar = регистратор, delegation = делегирование, zone = зона, announced = объявлено, not seen = без данных,
/// not recorded = не измерено, to watch = наблюдать, monitor = система наблюдения.
struct RussianWords: Phrasebook {
    let language = Language.russian

    private static let months = [
        "январь", "февраль", "март", "апрель", "май", "июнь", "июль", "август", "сентябрь", "октябрь", "ноябрь",
        "декабрь",
    ]
    /// Names of months in the genitive, for use with a day.
    private static let shortMonths = [
        "янв.", "февр.", "мар.", "апр.", "мая", "июн.", "июл.", "авг.", "сент.", "окт.", "нояб.", "дек.",
    ]

    private func domains(_ number: Int) -> String { count(number, "домен", "домена", "доменов") }
    private func days(_ number: Int) -> String { count(number, "день", "дня", "дней") }
    /// Returns the genitive form after a preposition: из 1 домена, из 2 доменов.
    private func ofDomains(_ number: Int) -> String { count(number, "домена", "доменов", "доменов") }
    private func ofDays(_ number: Int) -> String { count(number, "дня", "дней", "дней") }
    private func critical(_ number: Int) -> String {
        count(number, "критический", "критических", "критических")
    }
    private func warnings(_ number: Int) -> String {
        count(number, "предупреждение", "предупреждения", "предупреждений")
    }
    private func open(_ number: Int) -> String { "ещё \(count(number, "открыт", "открыты", "открыты"))" }

    func words(_ phrase: Wording.Phrase) -> String {
        switch phrase {
        case .domains: "домены"
        case .subtitle: "Домены и их серверы имён"
        case .noDomain: "Наблюдение ни за одним доменом не ведётся."
        case .allUnknown: "Состояние доменов неизвестно"
        case .notAllSeen: "С момента запуска системы наблюдения проверены ещё не все домены."
        case .conditionFailing: "сбой"
        case .conditionWarning: "предупреждение"
        case .conditionUnknown: "неизвестно"
        case .conditionWell: "в порядке"
        case .language: "Язык"
        case .lastDays: "Последние 90 дней"
        case .today: "сегодня"
        case .resolutionUnknown: "Доля успешных разрешений не измерена"
        case .plannedWork: "Плановые работы"
        case .noPlannedWork: "На ближайшие 90 дней ничего не объявлено."
        case .announcedWork: "Объявленные работы"
        case .allDomains: "все домены"
        case .reports: "Отчёты"
        case .explanation:
            "Дни считаются по UTC. Серый день — без данных: он не считается ни хорошим, ни плохим. «Разрешается» — "
                + "доля проверок, при которых большинство исправных резолверов нашли домен."
        case .timesUTC: "Время указано по UTC."
        case .timesLocal: "Время указано по часам вашего устройства."
        case .noRecentIncidents: "За последние 90 дней не было."
        case .when: "Когда"
        case .domain: "Домен"
        case .what: "Что"
        case .left: "Осталось"
        case .incidents: "Инциденты"
        case .changes: "Изменения"
        case .fromTo: "С, по"
        case .accepted: "Принято"
        case .came: "Выполнено"
        case .sinceColumn: "С какого времени"
        case .endings: "Что истекает в ближайшие 90 дней"
        case .noEndings: "Насколько известно, ничего."
        case .registration: "регистрация"
        case .statedRegistration: "регистрация, по указанию владельца"
        case .signature: "ближайшая подпись"
        case .past: "истекло"
        case .over: "завершён"
        case .since: "с"
        case .back: "Назад"
        case .made: "составлен"
        case .unfinished: "Период ещё не закончился: эти цифры изменятся."
        case .cut: "Событий больше, чем вмещает отчёт: самые старые опущены."
        case .tooManyDays: "Дней слишком много, чтобы показать каждый из них."
        case .notBegun: "Период ещё не начался."
        case .resolved: "Разрешается"
        case .resolvedNote: "всех проверок, большинством резолверов"
        case .served: "Серверы имён отвечали"
        case .servedNote: "всех проверок, хотя бы один сервер имён"
        case .noneOpened: "новых нет"
        case .toldAfter: "Сообщено через"
        case .toldNone: "сообщать было не о чем, или это не измерено"
        case .overAfter: "Завершён через"
        case .overNone: "ни один не завершился"
        case .acknowledgedAfter: "Подтверждён через"
        case .availability: "Доступность по дням"
        case .seenOn: "Данные за"
        case .serversTook: "Время ответа серверов имён"
        case .resolversTook: "Время ответа резолверов"
        case .noIncidents: "За это время открытых не было."
        case .notRecorded: "не измерено"
        case .byNobody: "никем"
        case .stillOpen: "ещё открыт"
        case .noChanges: "За это время не было."
        case .changed: "изменено"
        case .nothing: "ничего"
        case .cameAsAnnounced: "как объявлено"
        case .putBack: "отменено"
        case .acceptedWord: "принято"
        case .announced: "Что было объявлено и выполнено"
        case .noneAnnounced: "На это время ничего не было объявлено."
        case .weaknesses: "Давние слабые места"
        case .trendUnknown: "По дням: не измерено."
        case .new: "новое"
        case .reckoning: "Как это считается"
        case .explainResolved:
            "проверка засчитывается в пользу домена, если его разрешила хотя бы половина исправных резолверов, иначе "
                + "— против него. Резолвер разрешает домен, если хотя бы половина его ответов о нём что-то "
                + "определяет и не все они сообщают, что имени нет; резолвер, который не справляется и с именами вне "
                + "домена, не учитывается."
        case .explainServed:
            "хотя бы один сервер имён домена дал о нём ответ. Проверки без единого ответа не учитываются, как и "
                + "повторные проверки, которые проводятся при неполадках. Проценты округляются в меньшую сторону."
        case .explainTold:
            "от открытия инцидента до получения адресатом первого сообщения о нём. Об инцидентах с общей причиной "
                + "сообщается в одном сообщении, которое засчитывается каждому из них."
        case .explainOver:
            "до завершения инцидента или отмены изменения. Инцидент, который приходится на несколько периодов, "
                + "указан в каждом из них и учитывается там, где был открыт. Инциденты самой системы наблюдения, "
                + "резолверов и реестров не относятся к инцидентам домена."
        case .tableColumns: "раздел,домен,что,с,по,число,всего,единица,текст"
        case .endsAhead: "В ближайшие 90 дней истекают:"
        case .nothingEndsAhead: "Насколько известно, в ближайшие 90 дней ничего не истекает."
        case .wholeReport: "Полный отчёт"
        case .attached: "Полный отчёт приложен к письму."
        case .noPage: "Такой страницы нет."
        case .unauthorized: "Эта страница защищена паролем."
        case .busy: "Сейчас проверяется слишком много паролей. Повторите попытку через несколько секунд."
        case .broken: "Произошла ошибка. Повторите попытку позже."
        case .badPeriod: "Период — это месяц (2026-10), неделя (2026-W44) или дни (2026-10-03_2026-10-09)."
        }
    }

    func words(_ message: Wording.Message) -> String {
        switch message {
        case .failing(let some, let all): "Сбой: \(number(some)) из \(ofDomains(all))"
        case .warned(let some, let all): "Предупреждение: \(number(some)) из \(ofDomains(all))"
        case .someUnknown(let some, let all): "Состояние неизвестно: \(number(some)) из \(ofDomains(all))"
        case .allWell(let all): all == 1 ? "Домен в порядке" : "В порядке все домены: \(number(all))"
        case .lookedAgo(let span): "Самая давняя проверка была \(span) назад."
        case .moreIncidents(let more): "Ещё \(number(more)) — в отчётах."
        case .days(let days): self.days(days)
        case .daysBeing(let state, let days):
            switch state {
            case .unknown: "\(number(days)) без данных"
            case .good: "\(number(days)) в порядке"
            case .disturbed: "\(number(days)) с единичными сбоями"
            case .warning: "\(number(days)) с предупреждением"
            case .critical: critical(days)
            }
        case .resolvedShare(let share): "Разрешается: \(share)"
        case .domainNumber(let place): "Домен \(place)"
        case .zone(let zone): "Время указано для часового пояса \(zone)."
        case .month(let month, let year): "\(Self.months[month - 1]) \(year)\u{a0}г."
        case .week(let week, let year): "неделя \(week) \(year)\u{a0}г."
        case .range(let from, let to): "\(from) — \(to)"
        case .dayRange(let from, let to): "\(from) — \(to), дни по UTC"
        case .heading(let period): "Отчёт о доменах: \(period)"
        case .title(let period, let owner): "Отчёт о доменах, \(period): \(owner)"
        case .unseenDays(let some, let all):
            "За \(number(some)) из \(number(all)) домено-дней ничего не измерено. Они показаны серым и не "
                + "учитываются ни за, ни против доступности."
        case .openedIncidents(let critical, let warned, let open):
            "\(self.critical(critical)), \(warnings(warned)), \(self.open(open))"
        case .median(let all, let longest): "медиана по \(number(all)); максимум \(longest)"
        case .acceptedChanges(let some): "\(count(some, "принято", "приняты", "принято")) человеком"
        case .posture(let start, let end, let new, let mended, let accepted):
            "\(number(start)) в начале, \(number(end)) в конце: \(count(new, "новое", "новых", "новых")), "
                + "\(count(mended, "устранено", "устранены", "устранено")), "
                + "\(count(accepted, "принято", "приняты", "принято")) как есть."
        case .trend(let first, let last):
            "По дням: \(number(first)) в первый измеренный день, \(number(last)) в последний: "
                + (first == last
                    ? "столько же, сколько прежде." : last < first ? "меньше прежнего." : "больше прежнего.")
        case .seenDays(let some, let all): "\(number(some)) из \(ofDays(all))"
        case .acceptedBy(let person): "принято: \(person)"
        case .firstShown(let heading, let shown, let all):
            "\(heading): показаны первые \(number(shown)) строк из \(number(all)); в CSV и JSON есть все."
        case .ttl(let type): "TTL записи \(type)"
        case .availabilityUnknown(let all): "\(domains(all)): доступность не измерена."
        case .availability(let all, let resolved, let served):
            "\(domains(all)): разрешение успешно в \(resolved) проверок; серверы имён отвечали в \(served)."
        case .seenLine(let some, let all): "Данные за \(number(some)) из \(number(all)) домено-дней."
        case .incidentLine(let critical, let warned, let notices, let open):
            "Инциденты: \(self.critical(critical)), \(warnings(warned)), "
                + "\(count(notices, "замечание", "замечания", "замечаний")); \(self.open(open))."
        case .changeLine(let all, let accepted): "Изменения: \(number(all)), из них принято \(number(accepted))."
        case .weaknessLine(let start, let end):
            "Давние слабые места: \(number(start)) в начале, \(number(end)) в конце."
        case .andMore(let more): "и ещё \(number(more))"
        case .longestPeriod(let days): "Период здесь не длиннее \(ofDays(days))."
        }
    }

    func sentence(_ incidentClass: IncidentClass) -> String {
        switch incidentClass {
        case .hijackSuspected: "Записи DNS или делегирование были заменены без предварительного объявления."
        case .resolverPoisoned: "Резолвер давал ложные ответы."
        case .takeoverRisk: "Имя, от которого зависит домен, могли захватить посторонние."
        case .policyWeakened: "Политика, защищающая домен, была ослаблена."
        case .dnssecBroken: "Подписи (DNSSEC) были недействительны: часть посетителей не могла открыть домен."
        case .dnssecExpiring: "Срок действия подписей (DNSSEC) подходил к концу."
        case .dnssecDowngraded: "Домен больше не был защищён DNSSEC."
        case .authorityOutage: "Серверы имён домена не отвечали."
        case .delegationBroken: "Запись в реестре не вела к исправным серверам имён."
        case .recordsLost: "Отсутствовали записи DNS домена."
        case .zoneStale: "Сервер имён выдавал устаревшие данные."
        case .transportFault: "Ответы доходили не до всех."
        case .parentFault: "В зоне над доменом была неисправность."
        case .expiry: "Срок регистрации подходил к концу."
        case .registryHold: "Реестр заблокировал домен."
        case .registrationChange: "Регистрация была изменена."
        case .resolverFault: "Резолвер, который служит для сравнения, был неисправен."
        case .monitorFault: "Сама система наблюдения была неисправна."
        case .registryUnavailable: "Реестр не предоставлял сведений."
        case .healthFailing: "В порядке было слишком мало доменов группы."
        case .posture: "Давнее слабое место."
        case .plannedChange: "Объявленное изменение."
        case .ttlAnomaly: "Было изменено время хранения ответов."
        case .propagation: "Новые записи DNS получали ещё не все."
        case .rotation, .routine: "Записи DNS домена были изменены."
        }
    }

    func sentence(_ weakness: Wording.WeaknessKind) -> String {
        switch weakness {
        case .singleServer: "Домен зависит от единственного сервера имён или единственной сети."
        case .differingLists: "Списки серверов имён домена не совпадают."
        case .lameServer: "Указанный сервер имён не обслуживает домен."
        case .unsigned: "Домен не полностью защищён DNSSEC."
        case .outdatedSigning: "DNSSEC используется с устаревшими настройками."
        case .unlocked: "Регистрация не защищена от переноса."
        case .undated: "Реестр не публикует срок окончания регистрации."
        case .openZone: "Всю зону может скопировать кто угодно."
        case .unusualTTL: "Время хранения ответов необычно."
        case .transport: "Не каждый ответ доходит до всех."
        case .other: "Давнее слабое место."
        }
    }

    func words(_ severity: Severity) -> String {
        switch severity {
        case .critical: "Критический"
        case .warning: "Предупреждение"
        case .notice: "Замечание"
        case .info: "Сведения"
        }
    }

    func words(_ day: Report.DayState) -> String {
        switch day {
        case .unknown: "без данных"
        case .good: "в порядке"
        case .disturbed: "единичные сбои"
        case .warning: "предупреждение"
        case .critical: "критический"
        }
    }

    func words(_ outcome: Report.Work.Outcome) -> String {
        switch outcome {
        case .came: "выполнено"
        case .different: "выполнено иначе"
        case .missing: "не выполнено"
        case .underWay: "идёт"
        case .ahead: "предстоит"
        case .notRecorded: "не измерено"
        }
    }

    func words(_ fact: Wording.Fact) -> String {
        switch fact {
        case .aliasTarget: "цель CNAME"
        case .address: "адрес"
        case .delegation: "делегирование"
        case .registrar: "регистратор"
        case .status: "статус"
        }
    }

    func span(_ number: Int, _ unit: Wording.Unit) -> String {
        switch unit {
        case .seconds: "\(number)\u{a0}с"
        case .minutes: "\(number)\u{a0}мин"
        case .hours: "\(number)\u{a0}ч"
        case .days: days(number)
        }
    }

    func day(_ day: Int, month: Int, year: Int) -> String {
        "\(day) \(Self.shortMonths[month - 1]) \(year)\u{a0}г."
    }
}
