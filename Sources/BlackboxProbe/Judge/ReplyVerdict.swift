/// Judges a reply as a module asks: response code, then answer, authority and additional records.
package struct ReplyVerdict {
    /// What the module accepts.
    package let settings: DNSProbeSettings
    /// Its patterns, compiled.
    package let patterns: PatternCache

    package init(settings: DNSProbeSettings, patterns: PatternCache) {
        self.settings = settings
        self.patterns = patterns
    }

    /// Whether the reply passes; the first failure ends the judgement.
    package func passes(_ reply: Reply, log: (ProbeLog.Line) -> Void) -> Bool {
        guard isValid(responseCode: reply.responseCode, log: log) else { return false }
        for (title, records, rules) in [
            ("Answer", reply.answers, settings.answerRules),
            ("Authority", reply.authorities, settings.authorityRules),
            ("Additional", reply.additionals, settings.additionalRules),
        ] {
            log(.info("Validating \(title) RRs"))
            guard rules.pass(records.map(\.text), patterns: patterns, log: log) else {
                log(.error("\(title) RRs validation failed"))
                return false
            }
        }
        return true
    }

    /// What the exporter's log prints in place of a list or a table.
    private static let unsupported = "unsupported value type"

    private func isValid(responseCode: UInt16, log: (ProbeLog.Line) -> Void) -> Bool {
        var valid: [UInt16] = []
        for name in settings.validResponseCodes ?? ["NOERROR"] {
            guard let code = Mnemonics.responseCodes[name] else {
                // One unknown name fails the probe, even if another one would have matched.
                log(.error("Invalid rcode", [("rcode", name), ("known_rcode", Self.unsupported)]))
                return false
            }
            valid.append(code)
        }
        let seen = [
            ("rcode", String(responseCode)), ("string_rcode", Mnemonics.responseCodeText[responseCode] ?? ""),
        ]
        guard valid.contains(responseCode) else {
            log(.error("Rcode is not one of the valid rcodes", seen + [("valid_rcodes", Self.unsupported)]))
            return false
        }
        log(.info("Rcode is valid", seen))
        return true
    }
}
