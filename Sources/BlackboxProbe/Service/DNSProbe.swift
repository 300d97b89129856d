internal import NIOCore

/// One run of a module against a server.
package struct DNSProbe: Sendable {
    /// The result of a run.
    package struct Result: Sendable {
        /// Whether the server was queried and its reply passes.
        package var success: Bool
        /// The output of `/probe`.
        package var metrics: ProbeMetrics
        /// The content of the debug page.
        package var log: ProbeLog
    }

    /// External functions of a probe; each is optional.
    package struct Means: Sendable {
        /// Validates a name and a type with the built-in validator, within this many seconds.
        package typealias Validate =
            @Sendable (_ name: String, _ type: UInt16, _ limit: Double) async -> ValidationStatus
        /// Sends a message with DNS over HTTPS (RFC 8484) and returns the reply, or the reason why there is none.
        package typealias ExchangeHTTPS =
            @Sendable (_ url: String, _ query: [UInt8], _ tls: ProbeTLSSettings, _ limit: Double) async
            -> Swift.Result<[UInt8], HTTPSFailure>

        /// Nil if validation is not available; the metric is omitted then.
        package var validate: Validate?
        /// Nil if HTTPS is not available.
        package var exchangeHTTPS: ExchangeHTTPS?

        package init(validate: Validate? = nil, exchangeHTTPS: ExchangeHTTPS? = nil) {
            self.validate = validate
            self.exchangeHTTPS = exchangeHTTPS
        }
    }

    /// The query, with the conditions of success.
    package var module: ProbeModule
    /// The server in the request.
    package var target: String
    /// The cache of compiled patterns.
    package var patterns: PatternCache
    /// The external functions.
    package var means: Means

    package init(module: ProbeModule, target: String, patterns: PatternCache, means: Means = Means()) {
        self.module = module
        self.target = target
        self.patterns = patterns
        self.means = means
    }

    /// Runs the probe within `limit` seconds; it never throws, since a failure is a result.
    package func run(limit: Double) async -> Result {
        var run = ProbeRun(probe: self, limit: limit)
        await run.go()
        return run.result
    }
}

/// The state of a probe in progress.
private struct ProbeRun {
    let probe: DNSProbe
    let limit: Double
    let start = NIODeadline.now()
    var result: DNSProbe.Result

    init(probe: DNSProbe, limit: Double) {
        self.probe = probe
        self.limit = limit
        result = DNSProbe.Result(
            success: false, metrics: ProbeMetrics(), log: ProbeLog(module: probe.module.name, target: probe.target))
    }

    private var settings: DNSProbeSettings { probe.module.dns }

    private var remaining: TimeAmount {
        // Limited to a year so that no header can overflow the sum.
        let nanoseconds = (TimeLimit.isOver(limit) ? 0 : min(limit, 31_536_000)) * 1e9
        return .nanoseconds(Int64(nanoseconds)) - (NIODeadline.now() - start)
    }

    mutating func go() async {
        result.log.add(.info("Beginning probe", [("probe", "dns"), ("timeout_seconds", FloatText.text(limit))]))
        result.metrics.set(.timeout, limit)
        for family in [ProbeMetrics.Family.answerRecords, .authorityRecords, .additionalRecords, .querySucceeded] {
            result.metrics.set(family, 0)
        }
        for phase in ProbeMetrics.Phase.allCases { result.metrics.set(phase, 0) }
        result.success = await succeeds()
        let seconds = Double((NIODeadline.now() - start).nanoseconds) / 1e9
        result.metrics.set(.success, result.success ? 1 : 0)
        result.metrics.set(.duration, seconds)
        let duration = [("duration_seconds", FloatText.text(seconds))]
        result.log.add(result.success ? .info("Probe succeeded", duration) : .error("Probe failed", duration))
    }

    private mutating func succeeds() async -> Bool {
        guard settings.transport == "udp" || settings.transport == "tcp" else {
            result.log.add(
                .error(
                    "Configuration error: Expected transport protocol udp or tcp", [("protocol", settings.transport)]))
            return false
        }
        // Validation obtains the data separately and does not wait for the server's reply.
        let copy = self
        async let status = copy.validated()
        let reply = await answer()
        if let status = await status { result.metrics.set(.dnssecStatus, status.rawValue) }
        guard let reply else { return false }
        note(reply)
        var lines: [ProbeLog.Line] = []
        let passes = ReplyVerdict(settings: settings, patterns: probe.patterns).passes(reply) { lines.append($0) }
        for line in lines { result.log.add(line) }
        return passes
    }

    private func validated() async -> ValidationStatus? {
        guard probe.module.additions.validate, let validate = probe.means.validate else { return nil }
        return await validate(settings.queryName, settings.queryType, Double(remaining.nanoseconds) / 1e9)
    }

    private mutating func answer() async -> Reply? {
        if probe.module.additions.overHTTPS, probe.target.hasPrefix("https://"),
            let exchange = probe.means.exchangeHTTPS
        {
            return await answerOverHTTPS(exchange)
        }
        let target = ProbeTarget(probe.target, overTLS: settings.overTLS)
        guard let address = await chooseAddress(target.host) else { return nil }
        guard let exchange = exchange(to: address, target) else { return nil }
        return await reply(exchange)
    }

    /// If the module enables it, a URL as target is a DNS-over-HTTPS server; otherwise resolving it fails, as in
    /// blackbox_exporter.
    private mutating func answerOverHTTPS(_ exchange: DNSProbe.Means.ExchangeHTTPS) async -> Reply? {
        guard let query = query(id: 0) else { return nil }
        result.log.add(.info("Making DNS query", [("target", probe.target), ("dial_protocol", "https")]))
        let start = NIODeadline.now()
        let found = await exchange(
            probe.target, query.bytes, settings.tls, Double(remaining.nanoseconds) / 1e9)
        result.metrics.set(.request, Double((NIODeadline.now() - start).nanoseconds) / 1e9)
        var failure = "dns: id mismatch"
        switch found {
        case .success(let bytes):
            do throws(ReplyFault) {
                let reply = try Reply(bytes)
                if reply.id == query.id { return reply }
            } catch {
                failure = "dns: bad reply: \(error)"
            }
        case .failure(let fault): failure = fault.reason
        }
        result.log.add(.error("Error while sending a DNS query", [("err", failure)]))
        return nil
    }

    private mutating func query(id: UInt16) -> QueryMessage? {
        let name = settings.queryName
        let query = QueryMessage(
            id: id, name: name.isEmpty ? "." : name, type: settings.queryType, recordClass: settings.queryClass,
            recursionDesired: settings.recursionDesired, additions: probe.module.additions)
        if query == nil { result.log.add(.error("Error while sending a DNS query", [("err", "dns: bad name")])) }
        return query
    }

    private mutating func chooseAddress(_ host: String) async -> HostAddress? {
        let choice = AddressChoice(preferredProtocol: settings.preferredProtocol, fallback: settings.protocolFallback)
        let wanted = choice.prefersVersion4 ? "ip4" : "ip6"
        result.log.add(.info("Resolving target address", [("target", host), ("ip_protocol", wanted)]))
        let began = NIODeadline.now()
        let found: [HostAddress]
        var failure: String?
        do throws(TargetLookup.Failure) {
            found = try await TargetLookup.addresses(of: host, limit: remaining)
        } catch {
            found = []
            failure = error.description
        }
        let seconds = Double((NIODeadline.now() - began).nanoseconds) / 1e9
        // Without fallback to the other family, an empty host means this machine.
        var address = host.isEmpty && !choice.allowsOther ? HostAddress.unspecified : choice.pick(found)
        // With only one family, the interface is not part of the result.
        if !choice.allowsOther { address?.zone = nil }
        result.metrics.set(.lookupTime, seconds)
        let isVersion4 = address == .unspecified ? choice.prefersVersion4 : address?.isVersion4 == true
        result.metrics.set(.addressProtocol, address == nil ? 0 : isVersion4 ? 4 : 6)
        result.metrics.set(.addressHash, Double(address?.hash32 ?? 0))
        guard let address else {
            let reason = ("err", failure ?? "address \(host): no suitable address found")
            let about = [("target", host)] + (choice.allowsOther ? [] : [("ip_protocol", wanted)])
            result.log.add(.error("Resolution with IP protocol failed", about + [reason]))
            result.log.add(.error("Error resolving address", [reason]))
            return nil
        }
        result.metrics.set(.resolve, seconds)
        result.log.add(
            .info(
                "Resolved target address", [("target", host), ("ip", address == .unspecified ? "<nil>" : address.text)])
        )
        return address
    }

    private mutating func exchange(to address: HostAddress, _ target: ProbeTarget) -> QueryExchange? {
        let overTCP = settings.transport == "tcp"
        if settings.overTLS && !overTCP {
            result.log.add(
                .error("Configuration error: Expected transport protocol tcp for DoT", [("protocol", "udp")]))
            return nil
        }
        var transport = overTCP ? QueryExchange.Transport.tcp : .udp
        if settings.overTLS {
            do {
                let name = settings.tls.serverName.isEmpty ? target.host : settings.tls.serverName
                transport = .tls(try TLSIdentity(settings.tls, name: name))
            } catch {
                result.log.add(.error("Failed to create TLS configuration", [("err", "\(error)")]))
                return nil
            }
        }
        var source: SocketAddress?
        if !settings.sourceAddress.isEmpty {
            guard let address = HostAddress(settings.sourceAddress), address.zone == nil else {
                result.log.add(.error("Error parsing source ip address", [("srcIP", settings.sourceAddress)]))
                return nil
            }
            result.log.add(.info("Using local address", [("srcIP", address.text)]))
            source = try? address.socketAddress(port: 0)
            if source == nil { return nil }
        }
        let host = address.isVersion4 || address == .unspecified ? address.text : "[\(address.text)]"
        result.log.add(
            .info(
                "Making DNS query",
                [
                    ("target", "\(host):\(target.port)"), ("dial_protocol", dialProtocol(address)),
                    ("query", settings.queryName), ("type", "\(settings.queryType)"),
                    ("class", "\(settings.queryClass)"),
                ]))
        let began = NIODeadline.now()
        // A query that cannot be sent fails in the connect phase.
        defer { result.metrics.set(.connect, Double((NIODeadline.now() - began).nanoseconds) / 1e9) }
        var generator = SystemRandomNumberGenerator()
        guard let query = query(id: .random(in: 0...UInt16.max, using: &generator)) else { return nil }
        guard let port = TargetLookup.port(target.port, overTCP: overTCP),
            let server = try? address.socketAddress(port: port)
        else {
            result.log.add(.error("Error while sending a DNS query", [("err", "dial: invalid port")]))
            return nil
        }
        return QueryExchange(
            query: query, server: server, source: source, transport: transport, limit: remaining,
            datagramSize: Int(probe.module.additions.ednsSize ?? 512))
    }

    private func dialProtocol(_ address: HostAddress) -> String {
        settings.transport + (address.isVersion4 ? "4" : "6") + (settings.overTLS ? "-tls" : "")
    }

    private mutating func reply(_ exchange: QueryExchange) async -> Reply? {
        var outcome = await exchange.run()
        if probe.module.additions.tcpFallback, case .udp = exchange.transport,
            case .success(let reply) = outcome.result, reply.isTruncated
        {
            var again = exchange
            again.transport = .tcp
            again.limit = remaining
            let first = outcome
            outcome = await again.run()
            outcome.connect += first.connect
            outcome.request += first.request
        }
        result.metrics.set(.connect, outcome.connect)
        result.metrics.set(.request, outcome.request)
        switch outcome.result {
        case .success(let reply): return reply
        case .failure(let failure):
            result.log.add(.error("Error while sending a DNS query", [("err", failure.description)]))
            return nil
        }
    }

    private mutating func note(_ reply: Reply) {
        var line = ProbeLog.Line.info("Got response")
        line.reply = reply
        result.log.add(line)
        result.metrics.set(.answerRecords, Double(reply.answers.count))
        result.metrics.set(.authorityRecords, Double(reply.authorities.count))
        result.metrics.set(.additionalRecords, Double(reply.additionals.count))
        result.metrics.set(.querySucceeded, 1)
        if settings.queryType == Mnemonics.soa {
            result.metrics.set(.serial, Double(reply.answers.last { $0.type == Mnemonics.soa }?.serial ?? 0))
        }
        guard probe.module.additions.metrics else { return }
        result.metrics.set(.responseCode, Double(reply.responseCode))
        result.metrics.set(.truncated, reply.isTruncated ? 1 : 0)
        result.metrics.set(.authenticated, reply.isAuthenticated ? 1 : 0)
        if let lowest = reply.answers.map(\.ttl).min() { result.metrics.set(.lowestTTL, Double(lowest)) }
        if let end = reply.answers.compactMap(\.signatureEnd).min() {
            result.metrics.set(.signatureEnd, Double(end))
        }
    }
}
