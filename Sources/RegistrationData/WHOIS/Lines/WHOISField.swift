/// What a label of a WHOIS answer stands for.
struct WHOISField: Hashable {
    var kind: Kind
    /// Whether the label also occurs in the records of contacts and registrars, so that its place decides.
    var isCommon = false

    enum Kind: Hashable {
        case domain, expires, registrarExpires, created, updated, registrar, registrarID, status, nameServer, dnssec
        case delegationSigner, referral, hold
        /// A registrar's mark, shown where its name is not.
        case registrarHandle
        /// Who sold the registration; often the registrar itself, and named where the registrar is not.
        case seller
        /// Known, and of no use here.
        case ignored
    }

    /// The meaning of a label in its plain form (see `WHOISLabel`).
    static func named(_ label: String) -> WHOISField? { table[label] }

    private static let table: [String: WHOISField] = {
        var table: [String: WHOISField] = [:]
        func add(_ kind: Kind, common: Bool = false, _ labels: [String]) {
            for label in labels { table[label] = WHOISField(kind: kind, isCommon: common) }
        }
        add(
            .domain,
            [
                "domain", "domain name", "domainname", "domain ace", "complete domain name", "query",
                "nombre de dominio",
                "dominio", "nome de domínio", "nome de dominio", "nom de domaine", "ascii", "domain id name", "도메인이름",
                "ドメイン名",
                "domain names", "full domain name",
            ])
        add(
            .expires,
            [
                "valid to", "valid thru", "paid until", "paid up to", "paid through", "renewal due", "due date",
                "next due date", "date d'expiration", "registry expiry date", "registry expiration date", "expiry date",
                "expiration date", "expiration",
                "expiry",
                "expires", "expires on", "expires at", "expire", "expire date", "expire on", "expired",
                "expiration time",
                "expired date", "domain expires", "domain expires on", "domain expiration date", "domain expiry date",
                "record expires on",
                "record will expire on", "record expires", "record expired", "renewal date", "renewal", "paid till",
                "valid until", "valid till", "valid date", "validity", "exp date", "domain datebilleduntil",
                "will expire on",
                "fecha de vencimiento", "fecha de expiracion", "fecha de expiración", "fecha de caducidad",
                "vencimiento",
                "data de expiração", "data de expiracao", "date d'expiration", "expiration le", "data di scadenza",
                "scadenza",
                "ablaufdatum", "expiry on", "expiration on", "domain valid until", "date of expiry", "date expires",
                "date of expiration", "expires date", "registered until", "registration expires",
                "registration expiration date",
                "registration expires on", "registration end date", "domain registration expires", "anniversary date",
                "sona erme tarixi", "有効期限", "有効期限 (expires on)", "사용 종료일", "过期时间", "到期时间", "到期日期", "有效期至",
                "domain end date", "end date", "domain paid till", "dateexpired", "expirationdate", "expirydate",
                "expire time",
            ])
        add(
            .registrarExpires,
            [
                "registrar registration expiration date", "registrar expiration date",
                "registrar registration expiry date",
                "sponsoring registrar expiration date",
            ])
        add(
            .created,
            [
                "reg created", "reg date", "date d'enregistrement", "registered since", "creation date", "created date",
                "date created", "domain created", "domain create date",
                "registration date",
                "registration time", "domain registration date", "domain registered", "record created",
                "record created on",
                "created on", "registered on", "registered date", "date registered", "first registration date",
                "activated on",
                "activation", "activated", "domain record activated", "domain creation date", "creation time",
                "commencement date",
                "domain name commencement date", "entry created", "domain dateregistered", "domain datecreated",
                "fecha de creacion", "fecha de creación", "fecha de registro", "data de registo", "data de registro",
                "data de criação", "date de création", "date de creation", "registration", "created at",
                "domain create on",
                "date approved", "approved date", "approved on", "登録年月日", "등록일", "注册时间", "注册日期", "registered at",
                "date of registration",
            ])
        add(.created, common: true, ["created", "registered", "create date", "assigned"])
        add(
            .updated,
            [
                "updated date", "domain last updated date", "last updated on", "last modified", "last updated date",
                "record last updated on", "record last updated", "modified date", "domain last modified",
                "domain datelastmodified",
                "modification date", "entry updated", "record changed on", "record last modified",
                "domain record last updated",
                "ultima actualizacion", "última actualización", "ultima modificacion", "dernière modification",
                "derniere modification", "최근 정보 변경일", "最終更新", "update date", "last update date", "updated on",
                "date updated",
                "domain updated date", "domain last updated", "last modified date", "last modification date",
                "changed date",
            ])
        add(
            .updated, common: true,
            [
                "changed", "modified", "updated", "last update", "last updated", "last changed", "last modification",
            ])
        add(
            .registrar,
            [
                "registrar of record", "sponsoring registrar", "registrar name", "current registar",
                "current registrar", "registar",
                "registrar organization", "registrar organisation", "sponsoring registrar organization",
                "registered by",
                "registrado por", "등록대행자", "registrar company", "authorized agency",
                "domain registrar", "注册商", "所属注册服务机构", "account name", "registered via", "bureau d'enregistrement",
                "entidade gestora", "registrador",
            ])
        add(.registrar, common: true, ["registrar"])
        add(
            .seller,
            [
                "registration service provider", "registration service provided by",
                "registration services provided by",
                "registered through", "registration provider", "domain provider", "sponsored by",
            ])
        add(.registrarHandle, common: true, ["registrar id", "mnt by", "registrar handle", "sponsoring registrar id"])
        add(.registrarID, ["registrar iana id", "sponsoring registrar iana id"])
        add(
            .status,
            [
                "record status", "domain status", "eppstatus", "epp status", "epp statuses", "registration status",
                "domain state",
                "domaintype",
                "query status", "estatus del dominio", "estado del dominio", "domain name status", "状態", "ren status",
                "renewal status", "status del dominio", "등록정보 보호", "域名状态", "statut", "registry status", "status domain",
            ])
        add(.status, common: true, ["status", "state", "estado", "estatus", "flags", "statuses", "durum"])
        add(
            .nameServer,
            [
                "primary hostname", "secondary hostname", "primary nameserver hostname",
                "secondary nameserver hostname", "domain name server hostname", "name servers hostname", "name server",
                "name servers", "nameserver", "nameservers", "nserver", "nservers", "ns", "ns name",
                "dns",
                "dns server", "dns servers", "domain server", "domain servers", "domain nameserver",
                "domain nameservers",
                "host name", "hostname", "primary server", "secondary server", "primary name server",
                "secondary name server",
                "primary nameserver", "secondary nameserver", "tertiary name server", "name server (db)",
                "serveur de noms",
                "serveurs de noms", "serveur dns", "servidor de nombre", "servidor de nombres", "servidor dns",
                "nome servidor",
                "호스트이름", "ネームサーバ", "name server hostname", "nameserver name", "dns name", "primary dns",
                "secondary dns",
                "域名服务器", "dns hostname", "server name", "first name server", "domain name server",
                "domain name servers",
                "nserver name", "name server name", "dns1", "dns2", "dns3", "dns4", "nombre de servidor",
            ])
        add(.dnssec, ["dnssec", "signed", "domain signed", "signing key", "dnssec signed", "署名鍵"])
        add(.delegationSigner, ["ds", "ds rdata", "dsrecord", "ds record", "ds key", "ds data", "ds list"])
        add(.referral, ["registrar whois server", "whois server", "whois tcp uri", "refer"])
        add(.hold, ["hold"])
        add(
            .ignored,
            [
                "anniversary", "free date", "outzone", "delete", "option created", "option expiration date",
                "available",
                "status reason", "frozen status", "transfer status", "re registration status", "wipo status",
                "domain status url",
                "registry fee due on", "database last updated on", "query datetime", "last update time",
                "connected date", "接続年月日",
                "name server ip", "last transferred date", "transferred", "registrar created", "registar created",
                "lock status", "ロック状態", "last update of whois database", "created by registrar",
                "last updated by registrar",
                "record maintained by", "registrar url", "registrar abuse contact email",
                "registrar abuse contact phone",
                "date of last transfer", "domain datecancelled", "date out of quarantine", "registrar status",
                "contact status",
                "dsstatus", "nsstat", "nslastaa", "whois", "registration period", "nsset", "dom public",
            ])
        return table
    }()
}
