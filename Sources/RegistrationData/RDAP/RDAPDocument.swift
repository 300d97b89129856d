/// The answer of an RDAP server about a domain (RFC 9083).
///
/// Loose where servers are loose: a member of the wrong type is passed over and costs nothing else.
public struct RDAPDocument: Sendable {
    private let root: JSONValue
    /// Whose server gave the answer.
    public let source: FactSource

    /// Why an answer is not an RDAP object.
    public enum Failure: Error, Hashable, Sendable {
        case notJSON
        case tooDeep
        case tooLong
        /// JSON, but neither a domain nor an error.
        case notDomain
    }

    /// Reads the body of an answer.
    ///
    /// - Throws: `Failure` if it is no JSON object about a domain or an error.
    public init(_ body: [UInt8], source: FactSource = .registryRDAP) throws(Failure) {
        let value: JSONValue
        do {
            value = try JSONReader.read(body)
        } catch {
            switch error {
            case .syntax: throw .notJSON
            case .tooDeep: throw .tooDeep
            case .tooLong: throw .tooLong
            }
        }
        try self.init(value, source: source)
    }

    package init(_ value: JSONValue, source: FactSource = .registryRDAP) throws(Failure) {
        guard case .object = value else { throw .notDomain }
        root = value
        self.source = source
        guard isDomain || errorCode != nil else { throw .notDomain }
    }

    /// The code of an error body, which repeats the HTTP status; nil for any other body.
    public var errorCode: Int? { root["errorCode"]?.shown.flatMap(Int.init) }

    private var isDomain: Bool {
        if let name = root["objectClassName"]?.text { return name.folded == "domain" }
        return root["ldhName"]?.text != nil || root["unicodeName"]?.text != nil
    }

    /// What the document says.
    public var registration: Registration {
        guard isDomain else { return Registration(outcome: outcomeOfError) }
        var registration = Registration(outcome: .registered)
        registration.isRegistered = true
        registration.domain = (root["ldhName"] ?? root["unicodeName"])?.text.map(Self.host)
        addEvents(to: &registration)
        addStatuses(to: &registration)
        addRegistrar(to: &registration)
        let servers = nameServers
        registration.nameServers = servers.isEmpty ? nil : Fact(servers.map(\.name), source: source)
        for server in servers where !server.addresses.isEmpty {
            registration.nameServerAddresses[server.name] = server.addresses
        }
        addDelegation(to: &registration)
        registration.referral = related
        return registration
    }

    /// An error body without its HTTP status proves nothing of the domain but a plain 404.
    private var outcomeOfError: Registration.Outcome {
        switch errorCode {
        case 429: .throttled
        case 400, 422: .invalid
        default: .unavailable
        }
    }

    private func addEvents(to registration: inout Registration) {
        let reader = DateReader()
        func moment(_ actions: [String]) -> Fact<RegistrationMoment>? {
            for action in actions {
                for event in root["events"]?.elements.prefix(64) ?? []
                where event["eventAction"]?.text?.folded == action {
                    if let date = event["eventDate"]?.text.flatMap(reader.read) { return Fact(date, source: source) }
                }
            }
            return nil
        }
        registration.expires = moment(["expiration", "registry expiration", "expiry"])
        registration.registrarExpires = moment(["registrar expiration"])
        registration.created = moment(["registration"])
        registration.updated = moment(["last changed", "last update"])
        registration.refreshed = moment(["last update of rdap database"])?.value
        if registration.expires != nil {
            registration.expiry = .given
        } else if redacts("expir") {
            registration.expiry = .notPublished
        }
    }

    /// Whether a redaction (RFC 9537) names this.
    private func redacts(_ stem: String) -> Bool {
        (root["redacted"]?.elements ?? []).prefix(64).contains { entry in
            let name = entry["name"]?["description"]?.text ?? entry["name"]?["type"]?.text ?? entry["prePath"]?.text
            return name?.folded.contains(stem) ?? false
        }
    }

    private func addStatuses(to registration: inout Registration) {
        var names: [String] = []
        for status in (root["status"]?.elements ?? []).prefix(64) {
            guard let text = status.text, !text.isEmpty else { continue }
            let name = EPPStatus.name(ofRDAP: text)
            if !names.contains(name) { names.append(name) }
        }
        registration.statuses = names.isEmpty ? nil : Fact(names, source: source)
        registration.alarms = Set(names.compactMap(RegistrationAlarm.named(by:)))
    }

    private func addRegistrar(to registration: inout Registration) {
        let entities = (root["entities"]?.elements ?? []).prefix(64)
        let registrars = entities.filter { entity in
            (entity["roles"]?.elements ?? []).contains { $0.text?.folded == "registrar" }
        }
        guard let entity = registrars.first else { return }
        let identifiers = (entity["publicIds"]?.elements ?? []).prefix(16)
        registration.registrarID =
            identifiers.first { $0["type"]?.text?.folded.contains("iana") ?? false }?["identifier"]?.shown
        let name =
            Self.name(inCard: entity["vcardArray"]) ?? entity["jscard"]?["name"]?["full"]?.text
            ?? entity["jscontact_card"]?["name"]?["full"]?.text ?? entity["legalName"]?.text ?? entity["handle"]?.shown
            ?? registration.registrarID
        registration.registrar = name.map { Fact($0, source: source) }
    }

    /// The formatted name of a jCard (RFC 7095), else its organisation.
    private static func name(inCard card: JSONValue?) -> String? {
        let properties = card?.elements.dropFirst().first?.elements.prefix(64) ?? []
        for wanted in ["fn", "org"] {
            for property in properties {
                let parts = property.elements
                guard parts.count >= 4, parts[0].text?.folded == wanted else { continue }
                if let text = parts[3].elements.first?.text, text.utf8.contains(where: { !$0.isBlank }) { return text }
            }
        }
        return nil
    }

    private var nameServers: [(name: String, addresses: [String])] {
        var servers: [(name: String, addresses: [String])] = []
        for server in ((root["nameservers"] ?? root["nameServers"])?.elements ?? []).prefix(64) {
            guard let name = (server["ldhName"] ?? server["unicodeName"])?.text ?? server.text, !name.isEmpty else {
                continue
            }
            let host = Self.host(name)
            guard !servers.contains(where: { $0.name == host }) else { continue }
            let addresses = ["v4", "v6"].flatMap { server["ipAddresses"]?[$0]?.elements.prefix(16) ?? [] }
            servers.append((host, addresses.compactMap(\.text)))
        }
        return servers
    }

    private func addDelegation(to registration: inout Registration) {
        guard let secure = root["secureDNS"] else { return }
        registration.delegationSigned = secure["delegationSigned"]?.flag.map { Fact($0, source: source) }
        for entry in (secure["dsData"]?.elements ?? []).prefix(32) {
            let parts = ["keyTag", "algorithm", "digestType", "digest"].compactMap { entry[$0]?.shown }
            if parts.count == 4 { registration.delegationSigners.append(parts.joined(separator: " ")) }
        }
        for entry in (secure["keyData"]?.elements ?? []).prefix(32) {
            let parts = ["flags", "protocol", "algorithm", "publicKey"].compactMap { entry[$0]?.shown }
            if parts.count == 4 { registration.delegationKeys.append(parts.joined(separator: " ")) }
        }
    }

    /// The registrar's own answer: a related link of the RDAP type, not a home page.
    private var related: String? {
        (root["links"]?.elements ?? []).prefix(64).first { link in
            link["rel"]?.text?.folded == "related" && link["type"]?.text?.folded == "application/rdap+json"
        }?["href"]?.text
    }

    private static func host(_ name: String) -> String {
        var host = name.folded
        while host.hasSuffix(".") { host.removeLast() }
        return host
    }
}
