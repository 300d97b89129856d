/// What the lines of an answer yield before a verdict is drawn from them.
struct WHOISFindings {
    let source: FactSource
    var domain: String?
    var dates: [WHOISField.Kind: Fact<RegistrationMoment>] = [:]
    /// Dates that need to know which of two numbers is the day, with their labels' fields.
    var ambiguous: [WHOISField.Kind: String] = [:]
    var provenOrder: DateOrder?
    /// Whether a label of an end stood there without a date.
    var saidNoEnd = false
    var unreadableEnd = false
    var registrar: String?
    var registrarHandle: String?
    var seller: String?
    var registrarID: String?
    var statuses: [String] = []
    var nameServers: [String] = []
    var delegationSigned: Bool?
    var delegationSigners: [String] = []
    var referral: String?
    var hasContact = false

    init(source: FactSource) {
        self.source = source
    }

    mutating func add(nameServers names: [String]) {
        for name in names where nameServers.count < 64 && !nameServers.contains(name) { nameServers.append(name) }
    }

    mutating func add(statuses names: [String]) {
        for name in names where statuses.count < 32 && !statuses.contains(name) { statuses.append(name) }
    }

    /// Whether the text proves by itself that the domain is registered.
    var proveRegistration: Bool {
        dates.keys.contains { $0 != .updated } || !ambiguous.isEmpty || !nameServers.isEmpty
    }

    /// Whether it holds something of the domain besides its name.
    var isAboutDomain: Bool {
        proveRegistration || registrar != nil || !statuses.isEmpty || hasContact
    }
}
