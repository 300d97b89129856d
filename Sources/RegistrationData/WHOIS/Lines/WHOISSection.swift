/// What a heading announces.
enum WHOISSection: Hashable {
    case domain, dates, nameServers, registrar, contact
    /// One field whose value stands on the lines below its label.
    case value(WHOISField.Kind)
    /// Lines that continue the value of the entry above them.
    case continued(WHOISField.Kind)
    /// Anything else, such as keys; to be passed over.
    case other

    /// The section a heading opens; nil when the text is no heading.
    ///
    /// `isMarked` says that a colon or brackets set it apart: only then resemblance is enough.
    init?(heading label: WHOISLabel, isMarked: Bool) {
        if let known = Self.known[label.plain] {
            self = known
        } else if let side = label.sides.compactMap({ Self.known[$0] }).first {
            self = side
        } else if !isMarked {
            return nil
        } else if Self.mentionsServers(label.plain + " " + (label.hint ?? "").folded) {
            self = .nameServers
        } else if label.isOfContact {
            self = .contact
        } else if let field = label.field {
            self = field.kind == .nameServer ? .nameServers : .value(field.kind)
        } else if let kind = label.resembledDate {
            self = .value(kind)
        } else if let first = label.words.first, first == "registrar" {
            self = .registrar
        } else {
            self = .other
        }
    }

    private static func mentionsServers(_ text: String) -> Bool {
        guard text.utf8.count <= 80 else { return false }
        let bytes = Array(text.utf8)
        return serverWords.occurs(in: bytes) && !addressWords.occurs(in: bytes)
    }

    private static let addressWords = PhraseTable(["ip address"])
    private static let serverWords = PhraseTable([
        "name server", "nameserver", "domain server", "dns server", "servidores de nombre", "servidor de nombre",
        "serveurs de noms", "servidores dns", "네임서버", "ネームサーバ", "nserver",
    ])

    private static let known: [String: WHOISSection] = {
        var table: [String: WHOISSection] = [:]
        func add(_ section: WHOISSection, _ headings: [String]) {
            for heading in headings { table[heading] = section }
        }
        add(
            .domain,
            [
                "domain information", "domain details", "domain name information", "domain record", "additional info",
                "additional information", "english", "whois information",
            ])
        add(.dates, ["relevant dates", "important dates", "dates", "status information"])
        add(
            .nameServers,
            [
                "name servers", "nameservers", "name servers information", "domain servers", "servers", "nservers",
                "dns",
                "domain servers in listed order", "name servers in the listed order", "dns servers",
                "domain nameservers",
                "nameserver in listed order", "nameserver information", "name server information", "name server",
                "nameserver",
                "nameserver information", "domain name servers", "name servers in listed order", "dns entries",
                "domain nameserver information", "host information", "dns information",
            ])
        add(
            .registrar,
            [
                "registrar", "registrar information", "sponsoring registrar",
                "registrar details",
                "registrar of record", "registrar data",
            ])
        add(
            .contact,
            [
                "registrant", "holder", "owner", "domain holder", "domain owner", "admin contact",
                "administrative contact",
                "technical contact", "technical contacts", "billing contact", "registrant contact", "owner contact",
                "contact information", "administrator", "tech", "tech c", "zone c", "admin c", "domain managers",
                "titular",
                "domain owners / registrant", "organization using domain name", "registrant contact information",
                "organisation",
                "administrative contact information", "technical contact information", "domain registrant", "onsite",
                "on site",
                "registrant type", "registered for", "data validation", "registrar technical contacts",
                "holder of domain name",
                "contacto administrativo", "contacto tecnico", "contacto técnico", "contacto de cobranza",
                "contacto financiero",
                "registrar contact information", "administrative contact/agent", "trading as", "technical", "admin",
                "person",
                "administrative", "billing", "reseller", "registrant's address", "registrant address", "licensee",
                "organization",
            ])
        add(
            .other,
            ["keys", "dnssec", "dnssec ds records", "ds records", "whois", "resource records", "mail server records"])
        return table
    }()
}
