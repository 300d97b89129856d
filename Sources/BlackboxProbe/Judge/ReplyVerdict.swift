/// Evaluates a reply by a module's conditions: response code, then answer, authority and additional records.
package struct ReplyVerdict {
    /// The module's conditions.
    package let settings: DNSProbeSettings
    /// The compiled patterns.
    package let patterns: PatternCache

    package init(settings: DNSProbeSettings, patterns: PatternCache) {
        self.settings = settings
        self.patterns = patterns
    }

    /// Whether the reply passes; the evaluation ends at the first failure.
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

    /// The text in the exporter's log in place of a list or a table.
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
