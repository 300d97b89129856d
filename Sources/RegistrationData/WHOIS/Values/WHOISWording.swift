/// The sentences in which servers say that there is no answer, or no such domain.
enum WHOISWording: Hashable {
    case limit, failure, refusal, absence, reserved

    /// What a line says, if it says any of this; `line` is folded and without comment marks.
    ///
    /// Legal prose uses the same words, so most wordings count only where the line begins with them or names the domain.
    static func of(_ line: String, namesDomain: Bool) -> WHOISWording? {
        guard line.utf8.count <= 200 else { return nil }
        let bytes = Array(line.utf8)
        if starts.begins(bytes) { return .absence }
        for (wording, table) in anywhere where table.occurs(in: bytes) { return wording }
        if whole.contains(line.trimmingMarks) { return .absence }
        if reservedStarts.begins(bytes) { return .reserved }
        guard bytes.count <= 140 else { return nil }
        guard namesDomain || aboutStarts.begins(bytes) else { return nil }
        if saidOfDomainReserved.occurs(in: bytes) { return .reserved }
        return saidOfDomain.occurs(in: bytes) || namesDomain && starts.occurs(in: bytes) ? .absence : nil
    }

    /// Whether a status value means that the domain is free.
    static func isFree(status: String) -> Bool {
        let text = status.folded
        return freeStatuses.contains(text.trimmingMarks) || text.hasPrefix("available (")
            || text.hasPrefix("220 available")
            || text.hasPrefix("available for") || text.hasPrefix("no object found") || text.hasPrefix("not registered")
    }

    /// Whether a status value means that the name is withheld.
    static func isReserved(status: String) -> Bool {
        let text = status.folded
        return reservedStatuses.contains(text.trimmingMarks) || text.hasPrefix("premium name")
            || text.hasPrefix("reserved")
    }

    private static let anywhere: [(WHOISWording, PhraseTable)] = [
        (
            .limit,
            PhraseTable([
                "limit exceeded", "quota exceeded", "limit reached", "quota for", "too many requests",
                "too many connections",
                "too many queries", "too many simultaneous", "too many lookups", "reached rate limit", "rate exceeded",
                "too frequent",
                "exceeded the", "maximum number of requests", "your access is too", "excessive querying,",
                "excessive querying/", "due to excessive querying",
                "maximum query rate", "requests of this client are not",
                "request denied", "please go away", "before starting another enquiry", "1 request per second",
                "whois-limit exceeded", "limit has been exceeded", "still in grace period, wait",
                "exceeded the maximum",
                "exceeded your", "maximum number of queries", "query limit", "number of allowed queries",
                "ip address has been blocked",
                "ip has been blocked", "is blacklisted", "you have been banned", "access denied", "your ip is",
                "not authorised or has exceeded",
                "not authorized or has exceeded", "connection refused; access", "you have exceeded", "try again after",
                "per second allowed",
                "your request could not be performed", "reduced information", "request limit", "temporarily blocked",
                "wait a while",
                "please wait", "slow down", "ip address used to perform the query is not", "abuse detected",
                "rate limit", "rate-limit", "throttled",
                "too many attempts", "request throttl", "429 too many",
                "anfragelimit", "zu viele anfragen", "zu viele abfragen", "trop de requ", "limite de requ",
                "quota dépassé",
                "demasiadas consultas", "demasiadas solicitudes", "límite de consultas", "limite de consultas",
                "excesso de consultas", "muitas consultas", "troppe richieste", "troppe interrogazioni",
                "limite superato",
                "te veel aanvragen", "te veel verzoeken", "przekroczono limit", "przekroczony limit",
                "zbyt wiele zapyta",
                "превышен", "слишком много запросов", "слишком часто", "příliš mnoho dotaz", "för många förfrågningar",
                "liian monta", "for mange forespørgsler", "çok fazla sorgu", "túl sok", "制限を超え", "过于频繁", "频率",
                "次数超", "요청 횟수", "초과",
            ])
        ),
        (
            .failure,
            PhraseTable([
                "can't process your request", "cannot process your request", "tld is not supported",
                "temporarily not be answered",
                "temporarily unavailable", "service unavailable", "connection attempt failed", "internal error",
                "internal server error", "timed out", "timeout", "try again later", "ok! you win", "database error",
                "unable to process", "could not connect", "currently unavailable", "system maintenance",
                "server is busy",
                "service is not available", "not available at this time", "error occurred", "under maintenance",
                "no whois server",
                "system error", "non bijective", "unable to connect", "cannot connect", "connection failed",
                "fatal error",
                "has been retired", "has been discontinued", "no longer available", "please use rdap",
                "has been decommissioned", "no longer supported", "has been sunset", "bad gateway", "gateway time-out",
                "503 service", "temporary failure", "not available right now", "backend unavailable",
                "database is down",
                "vorübergehend nicht", "temporairement indisponible", "temporalmente no disponible",
                "временно недоступ", "wartungsarbeiten", "en mantenimiento", "en maintenance",
            ])
        ),
        (
            .refusal,
            PhraseTable([
                "does not have any records for that zone", "solo acepta consultas con dominios", "too few parts",
                "invalid domain name",
                "invalid query", "invalid request", "invalid input", "invalid characters",
                "not managed by this register", "syntax error",
                "malformed", "bad request", "illegal query", "invalid pattern", "domain name is invalid",
                "invalid domain",
                "incorrect domain name", "wrong query", "unknown tld", "unsupported tld", "unknown query",
                "is not a valid", "unknown option", "unknown command", "query not understood", "cannot parse",
                "ungültige anfrage", "requête invalide", "consulta inválida", "consulta invalida", "неверный запрос",
                "tld not supported", "zone not supported",
            ])
        ),
    ]

    private static let starts = PhraseTable([
        "not found:", "no match for", "no match found", "no entries found", "no data found", "domain not found",
        "no records matching", "no records found", "no record found", "no such domain", "no matching", "nothing found",
        "the queried object does not exist", "object does not exist", "no object found",
        "no information available about domain",
        "above domain name is not registered", "the requested domain was not found",
        "the domain has not been registered",
        "this domain name has not been registered", "the domain name is not registered",
        "we do not have an entry in our database",
        "error:101", "error:103", "error: 101", "data not found", "unfortunately, no results", "domain unknown",
        "invalid query or domain name not known", "domain name not known", "no whois record", "no domain records",
        "no such object", "unknown domain", "domain is not registered", "domain name not found", "not registered -",
        "el dominio no se encuentra", "dominio no registrado", "no found", "no se encontr", "object not found",
        "no domain found",
        "domain not registered", "the domain is not registered", "record not found", "no data was found",
        "domain is free",
        "no information was found", "does not exist", "the domain was not found", "domain name does not exist",
        "no such name",
        "there is no information", "name not found", "aucun enregistrement", "aucun objet", "aucun résultat",
        "aucun resultat",
        "this domain is available",
        "no entry found", "no results found", "no details found", "not exist", "no match:",
        "this query returned 0 objects", "domain does not exist",
        "no domain data", "no se encontro", "no matches", "no hay registro", "no hay resultado", "no hay coincid",
        "no hay información", "no existe", "keine eintr", "kein eintrag", "nicht gefunden", "nicht registriert",
        "nicht vergeben", "domain ist frei", "niet gevonden", "geen gegevens", "nenalezen", "nincs tal",
        "nie znaleziono",
        "brak wynik", "brak danych", "nessun risultato", "nessun dominio", "nenhum resultado", "nenhum registro",
        "não encontrado", "nao encontrado", "não existe", "nao existe", "dominio disponible", "dominio libre",
        "domínio disponível", "dominio non trovato", "dominio non registrato", "domaine inconnu", "domaine disponible",
        "domaine non trouv", "domaine libre", "non trouvé", "pas de correspondance", "hittades inte", "ingen träff",
        "inga träffar", "ikke registreret", "ikke funnet", "ingen treff", "ei löydy", "ei leitud", "nerasta",
        "nav atrasts",
        "nije registriran", "nije registrovan", "ne postoji", "ni registrirana", "bulunamad", "kayıt bulunam",
        "не найден",
        "не зарегистрирован", "ничего не найдено", "домен свободен", "не знайдено", "вільний", "該当するデータ", "未注册",
        "没有找到", "查询的域名不存在", "등록되어 있지", "검색 결과가 없", "検索結果がありません",
        "queried domain does not exist", "there are no records", "there were no results",
        "the domain name was not found", "the domain could not be found", "requested object not found", "status: free",
        "status: available", "status: not registered", "0 objects found", "0 results", "zero results",
        "nothing matches",
        "domain status: no object found", "domain status: available", "domain status: free", "no registered domain",
        "domain is available", "the name is not registered", "no domains matched", "this domain is free",
        "this domain is not registered", "this name is not registered", "not in database", "not in the database",
    ])
    private static let whole: Set<String> = [
        "not found", "no match", "available", "free", "no found", "no data", "no record", "not registered", "no existe",
        "no records", "no entry", "unregistered", "domain free", "domain available", "nothing", "no result",
        "no results", "no matches", "libre", "disponible", "disponível", "livre", "frei", "vrij", "libero", "wolna",
        "wolny",
        "volné", "volny", "volná", "ledig", "vapaa", "szabad", "свободен", "свободно", "brīvs", "laisvas", "slobodan",
        "not exist", "not exists", "not_found", "notfound", "no objects found",
    ]
    private static let saidOfDomain = PhraseTable([
        "is available", "not registred", "available for registration", "available for purchase", "is free",
        "was not found",
        "not found in",
        "no existe", "does not exist", "not exist in", "is not registered", "not been registered",
        "no se encuentra registrado",
        "n'existe pas", "ist frei", "not found", "no entries found", "could not be found", "no match",
        "is unregistered",
        "not in our database", "but this server does not have", "is not available in our whois", "no está registrado",
        "is not in the",
        "not have any data", "no esta registrado", "não registrado", "not registered", "has no matches", "non risulta",
        "is not known", "is not yet registered", "is not found", "could not find", "couldn't find",
        "is still available", "nicht registriert", "nicht vergeben", "nicht gefunden", "est libre", "est disponible",
        "está disponible", "esta disponible", "está libre", "está disponível", "esta disponivel", "è libero",
        "è disponibile", "non è registrato", "jest wolna", "nie jest zarejestrowana", "je voln", "není registrován",
        "nie je registrovan", "is vrij", "is niet geregistreerd", "är ledig", "er ledig", "er ikke registreret",
        "on vapaa",
        "ei ole rekister", "nem regisztr", "nu este înregistrat", "nu este inregistrat", "не зарегистрирован",
        "свободен", "не найден", "kayıtlı değil", "未注册", "no ha sido registrado", "n'est pas enregistré",
        "n'a pas été trouvé",
    ])
    private static let aboutStarts = PhraseTable([
        "domain", "the domain", "this domain", "object", "your domain", "sorry", "the requested", "the name", "name ",
        "no ", "nincs", "error",
        "requested domain", "any data", "el dominio", "le domaine", "il dominio", "o domínio", "status:",
        "die domain", "der domain", "het domein", "domeniul", "domena", "doména", "doménu", "domän", "домен", "alan ad",
        "nom de domaine", "the queried", "queried", "nombre de dominio", "nome de domínio", "record", "entry",
    ])
    private static let saidOfDomainReserved = PhraseTable([
        "is reserved", "has been reserved", "in the reserved list", "reserved by", "is prohibited", "is restricted",
        "is blocked",
        "cannot be registered", "can not be registered", "not available for registration", "is not allowed",
        "reserved name",
        "may not be registered", "is on the reserved", "is not registrable", "is not open for registration",
        "is a premium", "ist reserviert", "est réservé", "está reservado", "esta reservado",
        "è riservato", "jest zarezerwowan", "is gereserveerd", "зарезервирован", "is a reserved", "is excluded",
        "of this domain is restricted",
    ])
    private static let reservedStarts = PhraseTable([
        "reserved", "restricted", "this name is reserved", "the registration of this domain is restricted",
    ])
    private static let freeStatuses: Set<String> = [
        "free", "available", "no object found", "not registered", "220 available", "not found", "unregistered",
        "no match",
        "unassigned", "not_registered", "disponible", "livre", "libre", "free to register", "domain is available",
        "nonexistent", "avail", "no entries found", "no data found", "domain not found", "object not found",
        "does not exist",
        "frei", "vrij", "ledig", "libero", "wolna", "volné", "vapaa", "szabad", "свободен", "nicht registriert",
        "no existe",
        "not exist", "available for registration", "no records found", "nothing found", "unclaimed",
    ]
    private static let reservedStatuses: Set<String> = [
        "reserved", "blocked", "not_open", "not_opened", "forbidden", "not allowed", "restricted", "prohibited",
        "premium",
        "unavailable", "not assigned", "unassignable", "excluded", "withdrawn", "reserviert", "reservado", "réservé",
        "riservato", "gesperrt", "bloqueado", "zarezerwowana", "зарезервирован", "not available for registration",
        "registry reserved", "registry premium", "prohibited name", "not registrable", "withheld", "banned",
    ]
}

extension String {
    /// Without points, exclamation marks and quotes at its ends.
    fileprivate var trimmingMarks: String {
        var text = self[...]
        while let last = text.last, ".!\"' ".contains(last) { text.removeLast() }
        while let first = text.first, "\"'. ".contains(first) { text.removeFirst() }
        return String(text)
    }
}
