/// A label in the plain form in which labels are compared.
struct WHOISLabel: Hashable {
    /// Lower case; `_`, `-`, `.` and runs of blanks are one blank; nothing in brackets, no counting number at the end.
    var plain: String
    /// What stood in round brackets, such as `dd/mm/yyyy`.
    var hint: String?

    init(_ text: some StringProtocol) {
        var bytes: [UInt8] = []
        var inside: [UInt8] = []
        var depth = 0
        for byte in text.utf8.prefix(120) {
            switch byte {
            case UInt8(ascii: "("): depth += 1
            case UInt8(ascii: ")"): depth = max(0, depth - 1)
            case _ where depth > 0: inside.append(byte)
            case UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: " "), UInt8(ascii: "\t"),
                UInt8(ascii: "*"), UInt8(ascii: "\""):
                if let last = bytes.last, last != UInt8(ascii: " ") { bytes.append(UInt8(ascii: " ")) }
            default: bytes.append(byte.folded)
            }
        }
        while bytes.last == UInt8(ascii: " ") { bytes.removeLast() }
        let counted = bytes
        while let last = bytes.last, last.isDigit || last == UInt8(ascii: " ") { bytes.removeLast() }
        plain = String(decoding: bytes.isEmpty ? counted : bytes, as: UTF8.self)
        hint = inside.isEmpty ? nil : String(decoding: inside, as: UTF8.self)
    }

    /// The words of the label.
    var words: [Substring] { plain.utf8.split(separator: UInt8(ascii: " ")).map(Substring.init) }

    /// The two sides of a label in two languages, as `Data de registo / Creation Date`.
    var sides: [String] {
        guard plain.utf8.contains(UInt8(ascii: "/")) else { return [] }
        let parts = plain.split(separator: "/").map { String($0).folded }
        return parts.count == 2 ? parts.reversed() : []
    }

    /// The field it names, in either language.
    var field: WHOISField? {
        if let field = WHOISField.named(plain) { return field }
        for side in sides { if let field = WHOISField.named(side) { return field } }
        return nil
    }

    /// A date field by resemblance, for labels no table knows.
    var resembledDate: WHOISField.Kind? {
        let words = words
        guard plain.utf8.count <= 48, words.count <= 6, !words.contains(where: Self.foreign.contains) else {
            return nil
        }
        if words.contains(where: { word in Self.endStems.contains { word.hasPrefix($0) } }) { return .expires }
        // `Paid until`, `Valid thru`, `Renewal due on`: one word says what, the next that it is an end.
        for (what, when) in zip(words, words.dropFirst())
        where Self.terms.contains(where: what.hasPrefix)
            && (Self.bounds.contains(when) || !what.hasPrefix("regist") && Self.days.contains(when))
        {
            return .expires
        }
        if words.contains(where: { word in Self.changeStems.contains { word.hasPrefix($0) } }) { return .updated }
        if words.contains(where: { word in Self.startStems.contains { word.hasPrefix($0) } }) { return .created }
        return nil
    }

    /// Another field by resemblance: `DNS server no. 1`, `Current status of domain`.
    var resembledField: WHOISField.Kind? {
        let words = words
        guard plain.utf8.count <= 40, words.count <= 5, !words.contains(where: Self.alien.contains) else { return nil }
        if words.contains(where: { word in Self.serverStems.contains { word.hasPrefix($0) } })
            || words.contains(where: { $0.hasSuffix("fqdn") && $0.contains("ns") })
            || words.count == 2 && words[0].hasPrefix("ns") && words[0].utf8.dropFirst(2).allSatisfy(\.isDigit)
                && (words[1] == "hostname" || words[1] == "host")
            || words.contains("server") && (words.contains("name") || words.contains("dns") || words.contains("domain"))
        {
            return .nameServer
        }
        if words.contains("status"), words.contains(where: { $0.hasPrefix("domain") || $0 == "epp" || $0 == "object" })
        {
            return .status
        }
        return nil
    }

    /// Whether it belongs to a person or company rather than to the domain.
    var isOfContact: Bool {
        let words = words
        guard let first = words.first else { return false }
        return Self.contactWords.contains(first) || Self.contactStems.contains { first.hasPrefix($0) }
            || words.contains("contact")
    }

    private static let endStems = [
        "expir", "venc", "caduc", "scaden", "ablauf", "wyga", "zánik", "verval", "utgår", "udløb", "verfall", "échéan",
        "echean", "platnos", "platná", "платн", "истеч", "окончани", "有効", "到期", "过期", "만료", "lejár", "vypršan",
        "isteče",
        "istek", "päättym", "baigia", "aegum", "bitiş", "λήξη",
    ]
    private static let terms = ["paid", "valid", "renew", "registered", "registration", "licen", "billed", "leased"]
    private static let bounds: Set<Substring> = ["until", "till", "thru", "through", "end", "ends"]
    private static let days: Set<Substring> = ["to", "upto", "up", "due", "date"]
    private static let changeStems = [
        "updat", "modif", "chang", "actualiz", "aktualis", "aggiorn", "geänd", "изменен", "更新", "修改", "변경",
    ]
    private static let startStems = [
        "creat", "activat", "registration", "commenc", "criaç", "créat", "regist", "creaz", "erstell", "zareg",
        "создан",
        "登録", "注册", "등록",
    ]
    private static let serverStems = ["nameserv", "nserv", "dnsserv"]
    /// Words that make a label speak of something else than the domain's servers and statuses.
    private static let alien: Set<Substring> = [
        "whois", "ip", "address", "addresses", "ipv4", "ipv6", "registrar", "registrant", "contact", "set", "ttl",
        "count",
        "check", "checked", "url", "port", "handle", "created", "updated", "changed", "ok", "lock", "transfer",
        "payment", "verification", "eligibility", "trademark", "reason", "explanation", "code", "date", "ds", "id",
    ]
    /// Words that make another date of it: of the key, of the transfer, of an option, of the query.
    private static let foreign: Set<Substring> = [
        "option", "key", "dnssec", "rrsig", "signature", "transfer", "password", "query", "lookup", "database", "by",
        "auth",
        "certificate", "trademark", "reason", "grace", "whois", "period", "status", "server", "fee", "contact",
        "restore",
        "number", "id", "url", "email", "phone", "registrar", "registrant",
    ]
    private static let contactStems = [
        "registrant", "holder", "owner", "admin", "tech", "billing", "contact", "person", "titular", "reseller",
        "onsite", "financ", "customer", "applicant", "trustee", "address", "country", "phone", "responsible",
    ]
    private static let contactWords: Set<Substring> = [
        "zone", "on", "nic", "role", "org", "organisation", "organization", "legal", "adm", "tec", "bill", "handle",
        "fax", "email", "e", "user", "mntner", "keyset", "abuse", "name", "street", "city", "sponsor",
    ]
}
