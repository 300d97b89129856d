/// The columns of a table, recognised by their headings.
struct TableColumns: Equatable {
    var domain: Int
    /// The top-level domain, if a registrar has it in a separate column.
    var ending: Int?
    var expires: Int?
    var renewal: Int?
    var tags: Int?
    /// All other options in Lapwing's own table, as a JSON object.
    var options: Int?

    /// Nil if there is no column of domains.
    init?(_ header: [String]) {
        let words = header.map(Self.word)
        func column(_ names: [String]) -> Int? {
            names.lazy.compactMap { name in words.firstIndex(of: name) }.first
        }
        if let domain = column(Self.domains) {
            self.domain = domain
        } else if let first = column(["sld", "secondleveldomain"]), let last = column(["tld", "extension", "ending"]) {
            domain = first
            ending = last
        } else {
            return nil
        }
        expires = column(Self.ends)
        renewal = column(Self.renewals)
        tags = column(["tags", "tag", "labels", "label", "etiketten", "étiquettes", "etiquetas"])
        options = column(["options"])
    }

    /// Normalises a heading to lower-case letters and digits: `Expiration Date`, `expiration_date` and
    /// `EXPIRATION-DATE` are the same.
    private static func word(_ text: String) -> String {
        String(text.lowercased().filter { $0.isLetter || $0.isNumber })
    }

    private static let domains = [
        "domain", "domainname", "domains", "domainnames", "fqdn", "zone", "zonename", "name", "hostname",
        "domäne", "domainnamen", "nomdedomaine", "domaine", "domaines", "dominio", "dominios", "nombrededominio",
        "nomedominio", "nomedeldominio", "domínio", "nomededomínio", "nomedodomínio", "domein", "domeinnaam",
        "domän", "domännamn", "domæne", "domænenavn", "domene", "domenenavn", "verkkotunnus", "domena", "nazwadomeny",
        "doména", "názevdomény", "domén", "домен", "имядомена", "доменноеимя", "ドメイン", "ドメイン名", "域名",
    ]

    private static let ends = [
        "expirationdate", "expirydate", "expiredate", "expiresdate", "expires", "expireson", "expiresat", "expiration",
        "expiry", "expiringon", "dateexpires", "domainexpirationdate", "domainexpirydate", "domainexpires",
        "registrationexpirationdate", "registrarregistrationexpirationdate", "registryexpirydate", "validuntil",
        "paiduntil", "enddate",
        "ablaufdatum", "ablauf", "läuftab", "läuftabam", "gültigbis", "registriertbis", "laufzeitende", "vertragsende",
        "datedexpiration", "dateexpiration", "expirele", "datedefin",
        "fechadevencimiento", "vencimiento", "fechadeexpiración", "fechadecaducidad", "caducidad", "expira",
        "scadenza", "datadiscadenza", "datascadenza", "vervaldatum", "verloopdatum", "einddatum", "verlooptop",
        "datadeexpiração", "expiraem", "datadevencimento", "utgångsdatum", "utgår", "udløbsdato", "udløber",
        "utløpsdato", "utløper", "datawygaśnięcia", "wygasa", "ważnado", "datumexpirace", "expirace", "platnostdo",
        "оплачендо", "действуетдо", "датаокончания", "有効期限", "到期日期", "到期时间",
    ]

    private static let renewals = [
        "autorenew", "autorenewal", "autorenewing", "autorenews", "automaticrenewal", "renewautomatically",
        "automatischeverlängerung", "autoverlängerung", "renouvellementautomatique", "renovaciónautomática",
        "rinnovoautomatico", "automatischverlengen", "renovaçãoautomática",
    ]
}
