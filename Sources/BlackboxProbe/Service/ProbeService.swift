internal import Synchronization

/// The running prober: its modules, its history and its counters, behind one lock.
package final class ProbeService: Sendable {
    private struct State {
        var configuration: BlackboxConfiguration
        var history: ProbeHistory
        var patterns = PatternCache()
        var counters: Counters
    }

    /// What `/metrics` tells about the prober.
    package struct Counters: Sendable {
        package var unknownModules = 0
        package var lastReloadSucceeded = true
        /// Seconds since 1970.
        package var lastReload: Double
    }

    private let state: Mutex<State>
    private let timeoutOffset: Double
    private let means: DNSProbe.Means

    /// `timeoutOffset` is taken off the scrape's time, in seconds.
    package init(
        configuration: BlackboxConfiguration, timeoutOffset: Double = 0.5, historyLimit: Int = 100,
        means: DNSProbe.Means = .init()
    ) {
        self.timeoutOffset = timeoutOffset
        self.means = means
        state = Mutex(
            State(
                configuration: configuration, history: ProbeHistory(limit: historyLimit),
                counters: Counters(lastReload: WallClock.precise)))
    }

    package var counters: Counters { state.withLock { $0.counters } }

    package var recent: [ProbeHistory.Entry] { state.withLock { $0.history.entries.reversed() } }

    /// Puts new modules in force, or notes that they could not be read and keeps the old ones.
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

    /// `/probe`: module, timeout, target and prober are looked at in this order.
    package func probe(_ request: ProbeRequest) async -> ProbeAnswer {
        let name = request.module ?? "http_2xx"
        let (found, patterns) = state.withLock { ($0.configuration.modules[name], $0.patterns) }
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
        let limit = TimeLimit.seconds(scrape: scrape, offset: timeoutOffset, module: module.timeout)
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
        let result = await probe.run(limit: limit)
        let report = ProbeReport(log: result.log, metrics: result.metrics, module: module)
        state.withLock {
            $0.history.add(module: name, target: target, success: result.success, debug: report)
        }
        return request.isDebug ? .text(report.text) : .metrics(result.metrics.text)
    }

    /// Text in quotes as Go's `%q` shows it.
    private static func quoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\": quoted += "\\" + String(scalar)
            case "\n": quoted += "\\n"
            case "\t": quoted += "\\t"
            case "\r": quoted += "\\r"
            default:
                if scalar.value < 0x20 || scalar.value == 0x7f {
                    let hex = String(scalar.value, radix: 16)
                    quoted += "\\x" + (hex.count < 2 ? "0" : "") + hex
                } else {
                    quoted.unicodeScalars.append(scalar)
                }
            }
        }
        return quoted + "\""
    }
}
