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
    /// What is said of their addresses, by their names.
    var nameServerAddresses: [String: [String]] = [:]
    var delegationSigned: Bool?
    var delegationSigners: [String] = []
    var referral: String?
    var hasContact = false

    init(source: FactSource) {
        self.source = source
    }

    /// Takes the name servers in the value of a line, with their addresses where it gives some.
    mutating func addServers(in value: String) {
        let names = WHOISHosts.names(in: value)
        for name in names where nameServers.count < 64 && !nameServers.contains(name) { nameServers.append(name) }
        guard names.count == 1, nameServers.contains(names[0]) else { return }
        // A second line of the same host gives its other addresses.
        for address in WHOISHosts.addresses(in: value) where nameServerAddresses[names[0], default: []].count < 16 {
            if nameServerAddresses[names[0]]?.contains(address) != true {
                nameServerAddresses[names[0], default: []].append(address)
            }
        }
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
