import AsyncHTTPClient
package import DNSWire
package import LapwingOutgoing
import NIOCore
import NIOPosix
import NIOSSL
import RegistrationData

/// Looks up registrations at registries.
///
/// Never throws: the report contains every failure.
package struct RegistrationLookup: Sendable {
    /// The servers, and the extent of look-ups.
    package struct Configuration: Sendable {
        /// Nil for the built-in table. Servers in an operator's own table may be in a private network, but not those to
        /// which they refer.
        package var bootstrap: RDAPBootstrap?
        /// Whether a newer bootstrap file is fetched from IANA once a week; for long-running processes.
        package var refreshesBootstrap = false
        /// Nil for the built-in table; the same holds for its servers.
        package var servers: WHOISServers?
        /// Certificates (PEM) to trust instead of the system's; nil for the system's.
        package var trustRootsFile: String?
        /// Whether the registrar is asked too if the registry omits something.
        package var asksRegistrar = true
        /// The proxy for RDAP; WHOIS does not support proxies. Nil for none.
        package var proxy: OutgoingProxy?
        /// The time limit for each server.
        package var timeout = Duration.seconds(15)

        package init() {}
    }

    private static let bootstrapAddress = HTTPAddress("https://data.iana.org/rdap/dns.json")

    private let configuration: Configuration
    private let table: BootstrapTable
    private let rdap: RDAPExchange
    private let whois: WHOISExchange
    private let referrals = ReferralTable()

    private var servers: WHOISServers { configuration.servers ?? .builtIn }

    package init(configuration: Configuration) {
        self.configuration = configuration
        table = BootstrapTable(configuration.bootstrap, isRefreshed: configuration.refreshesBootstrap)
        var settings = OutgoingHTTP.configuration
        settings.timeout = .init(connect: .seconds(8), read: .seconds(10))
        if let file = configuration.trustRootsFile {
            var tls = TLSConfiguration.makeClientConfiguration()
            tls.trustRoots = .file(file)
            settings.tlsConfiguration = tls
        }
        let reach = RegistryReach(
            named: (configuration.bootstrap?.endpoints ?? []).union(configuration.servers?.endpoints ?? []))
        rdap = RDAPExchange(settings: settings, reach: reach, proxy: configuration.proxy)
        whois = WHOISExchange(group: MultiThreadedEventLoopGroup.singleton, reach: reach)
    }

    /// Looks up the registration to which a name belongs; nil if such names are not registered.
    package func look(up name: Name) async -> LookupReport? {
        guard let registrable = RegistrableDomain.of(name) else { return nil }
        return await look(upDomain: String(registrable.folded.description.dropLast()))
    }

    /// Returns the server for a name, for which a budget is kept; nil if such names are not registered, or no server is
    /// known.
    package func server(for name: Name) -> String? {
        guard let registrable = RegistrableDomain.of(name) else { return nil }
        let domain = String(registrable.folded.description.dropLast())
        return table.current.bases(for: domain).first.flatMap { HTTPAddress($0)?.host }
            ?? servers.server(for: domain) ?? servers.fallback
    }

    /// Fetches a newer table in the background if that is due.
    private func refreshTable() {
        guard table.takesRefresh() else { return }
        Task { await fetchTable() }
    }

    private func fetchTable() async {
        let rdap = rdap
        guard let address = Self.bootstrapAddress else { return }
        let result = await Deadline.run(.seconds(20)) { () async throws(LookupFailure) in
            try await rdap.fetch(address)
        }
        if case .success(let answer) = result, answer.status == 200 { table.replace(by: answer.body) }
    }

    private func look(upDomain domain: String) async -> LookupReport {
        refreshTable()
        var report = LookupReport(domain: domain)
        for base in table.current.bases(for: domain) {
            await askRDAP(base + "domain/" + domain, source: .registryRDAP, &report)
            if report.registration != nil || Task.isCancelled { break }
        }
        if needsWHOIS(report), !Task.isCancelled { await askWHOIS(&report) }
        if configuration.asksRegistrar, needsRegistrar(report), !Task.isCancelled { await askRegistrar(&report) }
        return report
    }

    private func askRDAP(_ address: String, source: FactSource, _ report: inout LookupReport) async {
        let (rdap, domain) = (rdap, report.domain)
        let start = ContinuousClock.now
        let result = await Deadline.run(configuration.timeout) { () async throws(LookupFailure) in
            try await rdap.ask(address, about: domain, source: source)
        }
        record(result, source: source, server: address, since: start, &report)
    }

    private func askWHOIS(_ report: inout LookupReport) async {
        if let server = servers.server(for: report.domain) {
            await askWHOIS(at: server, source: .registryWHOIS, &report)
        } else if report.attempts.isEmpty, let server = await referredServer(&report) {
            await askWHOIS(at: server, source: .registryWHOIS, &report)
        }
    }

    private func askWHOIS(at server: String, source: FactSource, _ report: inout LookupReport) async {
        let (whois, servers, domain) = (whois, servers, report.domain)
        let start = ContinuousClock.now
        let result = await Deadline.run(configuration.timeout) { () async throws(LookupFailure) in
            let bytes = try await whois.ask(servers.query(for: domain, to: server), at: server)
            let text = WHOISCharset.text(bytes, charset: servers.charset(of: server))
            return try Self.facts(WHOISText(text, domain: domain, source: source).registration, domain: domain)
        }
        record(result, source: source, server: server, since: start, &report)
    }

    /// Returns the server of a top-level domain that is in no table, from the server that knows all of them.
    private func referredServer(_ report: inout LookupReport) async -> String? {
        guard let fallback = servers.fallback,
            let top = report.domain.split(separator: ".").last.map(String.init)
        else { return nil }
        if let known = referrals.server(of: top) { return known }
        let whois = whois
        let start = ContinuousClock.now
        let result = await Deadline.run(configuration.timeout) { () async throws(LookupFailure) in
            String(decoding: try await whois.ask(top + "\r\n", at: fallback), as: UTF8.self)
        }
        switch result {
        case .success(let text):
            guard let server = WHOISText(text, domain: top).referral else { return nil }
            referrals.remember(server, of: top)
            return server
        case .failure(let failure):
            record(.failure(failure), source: .registryWHOIS, server: fallback, since: start, &report)
            return nil
        }
    }

    private func record(
        _ result: Result<Registration, LookupFailure>, source: FactSource, server: String,
        since start: ContinuousClock.Instant, _ report: inout LookupReport
    ) {
        let spent = (ContinuousClock.now - start).components
        var attempt = LookupReport.Attempt(
            source: source, server: server,
            milliseconds: Int(spent.seconds) * 1000 + Int(spent.attoseconds / 1_000_000_000_000_000))
        switch result {
        case .failure(let failure):
            attempt.failure = failure
        case .success(let registration):
            attempt.registration = registration
            switch (report.registration, source) {
            case (nil, _): report.registration = registration
            case (let known?, .registrarRDAP), (let known?, .registrarWHOIS):
                report.registration = known.completed(byRegistrar: registration)
            case (let known?, _): report.registration = known.completed(by: registration)
            }
        }
        report.attempts.append(attempt)
    }

    /// Whether RDAP returned nothing, or no end although the registry publishes one.
    private func needsWHOIS(_ report: LookupReport) -> Bool {
        guard let known = report.registration else { return true }
        return known.isRegistered == true && known.expires == nil && known.expiry != .notPublished
            && !WHOISText.publishesNoEnd(domain: report.domain)
    }

    /// Whether the registry returned no end, or renews automatically so that the registration may not be paid for.
    private func needsRegistrar(_ report: LookupReport) -> Bool {
        guard let known = report.registration, known.isRegistered == true, known.registrarExpires == nil else {
            return false
        }
        return known.statuses?.value.contains("autoRenewPeriod") == true
            || known.expires == nil && known.referral != nil
    }

    /// Follows one referral only: further referrals of the registrar are ignored.
    private func askRegistrar(_ report: inout LookupReport) async {
        guard let place = report.registration?.referral,
            !report.attempts.contains(where: { $0.server == place })
        else { return }
        if let link = HTTPAddress(place), link.scheme == "https" || link.scheme == "http" {
            if link.scheme == "https" { await askRDAP(link.text, source: .registrarRDAP, &report) }
        } else {
            await askWHOIS(at: place, source: .registrarWHOIS, &report)
        }
    }

    /// Converts a WHOIS response to facts, or throws the failure that it reports.
    private static func facts(_ registration: Registration, domain: String) throws(LookupFailure) -> Registration {
        switch registration.outcome {
        case .registered, .available, .reserved: break
        case .throttled: throw .limited(retryAfter: registration.retryAfter)
        case .unavailable: throw .unavailable
        case .invalid: throw .refused
        case .unknown: throw .notUnderstood
        }
        if let name = registration.domain, name != domain, name.utf8.contains(UInt8(ascii: ".")),
            name.utf8.allSatisfy({ $0 < 0x80 }), registration.outcome == .registered
        {
            throw .otherDomain(name)
        }
        return registration
    }
}
