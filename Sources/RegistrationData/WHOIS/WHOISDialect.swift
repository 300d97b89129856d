/// What is particular to the WHOIS of one registry; everything else is read by general rules.
///
/// The table holds facts only: a registry that changes its form is one row.
package struct WHOISDialect: Hashable, Sendable {
    /// What `03/04/2027` means there; nil if that is not known, so that such a date is refused.
    package var order: DateOrder?
    /// Whether years have two digits.
    package var hasShortYears = false
    /// The registry publishes no end of a registration.
    package var publishesNoEnd = false

    /// Of registries without a row: nothing particular.
    package static let general = WHOISDialect()

    /// The dialect of a top-level domain; the general one where there is no row.
    package static func of(topLevelDomain: String) -> WHOISDialect {
        rows[topLevelDomain] ?? .general
    }

    private static let rows: [String: WHOISDialect] = {
        var rows: [String: WHOISDialect] = [:]
        func set(_ domains: String, _ change: (inout WHOISDialect) -> Void) {
            for domain in domains.split(separator: " ") { change(&rows[String(domain), default: .general]) }
        }
        set(
            """
            ao ar ba be bg bn bo br by cl cr cz dk do dz ec eg es eu fi fj fm fo fr gf gg gi gp gr gt hm hn hr hu ie il im \
            in is it je ke kg lu ly ma mc md me mk mq mx my mz nc ni no nz pa pe pf pl pm ps pt py qa re ro rs ru sa sc \
            sg si sk sm sn sv tf tg th tm tn tr tz ua ug uk uy uz va ve vn wf yt za zm xn--90ae xn--90a3ac xn--qxam
            """
        ) { $0.order = .dayFirst }
        set("tk ml ga gq cf us") { $0.order = .monthFirst }
        set("es") { $0.hasShortYears = true }
        set(
            """
            ae aq arpa as at au aw be ch de dz eu gg gov hu int je kz li lu lv mil nl no nz om pe qa sa sm sr to tn uy \
            xn--4gbrim xn--mgbaam7a8h xn--mgberp4a5d4ar xn--pgbs0dh
            """
        ) { $0.publishesNoEnd = true }
        return rows
    }()
}
