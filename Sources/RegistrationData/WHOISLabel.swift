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
                UInt8(ascii: "*"):
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
    var words: [Substring] { plain.split(separator: " ") }

    /// The two sides of a label in two languages, as `Data de registo / Creation Date`.
    var sides: [String] {
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
        guard plain.utf8.count <= 48, words.count <= 6, !words.contains(where: Self.foreign.contains) else {
            return nil
        }
        if words.contains(where: { word in Self.endStems.contains { word.hasPrefix($0) } }) { return .expires }
        if words.contains(where: { word in Self.changeStems.contains { word.hasPrefix($0) } }) { return .updated }
        if words.contains(where: { word in Self.startStems.contains { word.hasPrefix($0) } }) { return .created }
        return nil
    }

    /// Whether it belongs to a person or company rather than to the domain.
    var isOfContact: Bool {
        guard let first = words.first else { return false }
        return Self.contactWords.contains(first) || Self.contactStems.contains { first.hasPrefix($0) }
            || words.contains("contact")
    }

    private static let endStems = [
        "expir", "venc", "caduc", "scaden", "ablauf", "wyga", "zánik", "verval", "utgår", "udløb",
    ]
    private static let changeStems = ["updat", "modif", "chang", "actualiz", "aktualis", "aggiorn", "geänd"]
    private static let startStems = ["creat", "activat", "registration", "commenc", "criaç", "créat", "regist"]
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
