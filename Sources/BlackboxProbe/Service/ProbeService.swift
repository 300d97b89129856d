internal import Synchronization

/// The running prober: modules, history and counters, protected by one lock.
package final class ProbeService: Sendable {
    private struct State {
        var configuration: BlackboxConfiguration
        var history: ProbeHistory
        var patterns = PatternCache()
        var counters: Counters
        var inFlight = 0
        var bounds: Bounds
    }

    /// The limits for clients; each probe uses a socket besides the client's connection.
    package struct Bounds: Sendable, Hashable {
        /// The longest duration of a probe in seconds, regardless of the scrape's header and the module.
        package var longest = 120.0
        /// The limit of concurrent probes; more are refused. Ten thousand targets every 15 s with half a second each
        /// need 330.
        package var mostInFlight = 500

        package init() {}
    }

    /// The counters of the prober for `/metrics`.
    package struct Counters: Sendable {
        /// Requests for unknown modules.
        package var unknownModules = 0
        /// Whether the last reload of the module file succeeded.
        package var lastReloadSucceeded = true
        /// Seconds since 1970.
        package var lastReload: Double
    }

    private let state: Mutex<State>
    private let timeoutOffset: Double
    private let means: DNSProbe.Means

    /// - Parameter timeoutOffset: subtracted from the scrape's time limit, in seconds.
    package init(
        configuration: BlackboxConfiguration, timeoutOffset: Double = 0.5, historyLimit: Int = 100,
        bounds: Bounds = Bounds(), means: DNSProbe.Means = .init()
    ) {
        self.timeoutOffset = timeoutOffset
        self.means = means
        state = Mutex(
            State(
                configuration: configuration, history: ProbeHistory(limit: historyLimit),
                counters: Counters(lastReload: WallClock.precise), bounds: bounds))
    }

    /// A consistent copy of all counters.
    package var counters: Counters { state.withLock { $0.counters } }

    /// The kept results, the latest first.
    package var recent: [ProbeHistory.Entry] { state.withLock { $0.history.entries.reversed() } }

    /// Applies new modules, or records that they could not be read and keeps the old ones.
    ///
    /// - Throws: the error of `read`.
    package func reload(_ read: () throws -> BlackboxConfiguration) throws {
        do {
            let configuration = try read()
            state.withLock {
                $0.configuration = configuration
                $0.patterns = PatternCache()
                $0.counters.lastReloadSucceeded = true
                $0.counters.lastReload = WallClock.precise
            }
        } catch {
            state.withLock { $0.counters.lastReloadSucceeded = false }
            throw error
        }
    }

    /// Applies new limits from now on; probes in progress keep their limits.
    package func take(_ bounds: Bounds) { state.withLock { $0.bounds = bounds } }

    /// `/config`.
    package var configurationText: ProbeAnswer { .text(ConfigurationDump.text(state.withLock { $0.configuration })) }

    /// `/logs`: by number, or by target and module.
    package func logs(id: String?, target: String?, module: String?) -> ProbeAnswer {
        if id != nil && target != nil { return .error(400, "Only one of id or target can be given") }
        if let id {
            guard let number = Int(id) else { return .error(500, "Invalid probe id") }
            guard let entry = state.withLock({ $0.history.entry(id: number) }) else {
                return .error(404, "Probe id not found")
            }
            return .text(entry.debug.text)
        }
        guard let target else {
            return .error(400, module == nil ? "Probe id or target is missing" : "module needs a target")
        }
        guard let entry = state.withLock({ $0.history.entry(target: target, module: module) }) else {
            return .error(404, "Probe target not found")
        }
        return .text(entry.debug.text)
    }

    /// Handles `/probe`: checks module, timeout, target and prober in this order.
    package func probe(_ request: ProbeRequest) async -> ProbeAnswer {
        let name = request.module ?? "http_2xx"
        let (found, patterns, longest) = state.withLock {
            ($0.configuration.modules[name], $0.patterns, $0.bounds.longest)
        }
        guard var module = found else {
            state.withLock { $0.counters.unknownModules += 1 }
            return .error(400, "Unknown module \(Self.quoted(name))")
        }
        var scrape: Double?
        if let header = request.scrapeTimeout {
            do throws(TimeLimit.NumberFault) {
                scrape = try TimeLimit.number(header)
            } catch {
                let reason = "strconv.ParseFloat: parsing \(Self.quoted(header)): \(error.rawValue)"
                return .error(500, "Failed to parse timeout from Prometheus header: \(reason)")
            }
        }
        let limit = TimeLimit.seconds(
            scrape: scrape, offset: timeoutOffset, module: module.timeout, longest: longest)
        guard let target = request.target.map(ProbeTarget.unescaped), !target.isEmpty else {
            return .error(400, "Target parameter is missing")
        }
        guard module.prober == "dns" else { return .error(400, "Unknown prober \(Self.quoted(module.prober))") }
        if let queryName = request.queryName { module.dns.queryName = queryName }
        if let text = request.queryType {
            guard let type = Mnemonics.number(ofType: text) else {
                return .error(400, "Unknown query type \(Self.quoted(text))")
            }
            module.dns.queryType = type
        }
        let probe = DNSProbe(module: module, target: target, patterns: patterns, means: means)
        guard enter() else { return .error(503, "Too many probes are under way") }
        defer { state.withLock { $0.inFlight -= 1 } }
        let result = await run(probe, limit: limit, longest: longest)
        // A cancelled probe says nothing about its target.
        if Task.isCancelled { return .error(503, "The probe was given up") }
        let report = ProbeReport(log: result.log, metrics: result.metrics, module: module)
        state.withLock {
            $0.history.add(module: name, target: target, success: result.success, debug: report)
        }
        return request.isDebug ? .text(report.text) : .metrics(result.metrics.text)
    }

    private func enter() -> Bool {
        state.withLock { state in
            guard state.inFlight < state.bounds.mostInFlight else { return false }
            state.inFlight += 1
            return true
        }
    }

    /// Look-up, connection, TLS handshake and reply.
    private static let phases = 4.0

    /// Each phase of a probe may take the whole limit, as in the exporter; together they must not exceed the limit of
    /// all probes.
    private func run(_ probe: DNSProbe, limit: Double, longest: Double) async -> DNSProbe.Result {
        if limit * Self.phases <= longest { return await probe.run(limit: limit) }
        let work = Task { await probe.run(limit: limit) }
        let end = Task {
            try await Task.sleep(for: .seconds(longest))
            work.cancel()
        }
        defer { end.cancel() }
        return await withTaskCancellationHandler {
            await work.value
        } onCancel: {
            work.cancel()
        }
    }

    /// Quotes a text like Go's `%q`.
    private static func quoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\": quoted += "\\" + String(scalar)
            case "\n": quoted += "\\n"
            case "\t": quoted += "\\t"
            case "\r": quoted += "\\r"
            case "\u{7}": quoted += "\\a"
            case "\u{8}": quoted += "\\b"
            case "\u{b}": quoted += "\\v"
            case "\u{c}": quoted += "\\f"
            default:
                if isPrintable(scalar) {
                    quoted.unicodeScalars.append(scalar)
                } else {
                    let (sign, width) = scalar.value < 0x80 ? ("x", 2) : scalar.value < 0x10000 ? ("u", 4) : ("U", 8)
                    let hex = String(scalar.value, radix: 16)
                    quoted += "\\" + sign + String(repeating: "0", count: width - hex.count) + hex
                }
            }
        }
        return quoted + "\""
    }

    /// Letters, marks, numbers, punctuation and symbols, and of all spaces only U+0020.
    private static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator: false
        case .spaceSeparator: scalar == " "
        default: true
        }
    }
}
