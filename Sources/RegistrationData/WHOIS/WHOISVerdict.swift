/// Draws the outcome from the findings and from what the server says in words.
struct WHOISVerdict {
    let lines: [WHOISLine]
    /// Whether a web page came instead of text: its words are those of a web server.
    let isPage: Bool
    let domain: String
    let findings: WHOISFindings

    var registration: Registration {
        var facts = findings
        facts.settleOrder()
        let outcome = outcome(facts)
        var registration = Registration(outcome: outcome)
        registration.retryAfter = outcome == .throttled ? secondsToWait : nil
        guard outcome == .registered || outcome == .reserved else {
            if outcome == .available { registration.isRegistered = false }
            return registration
        }
        fill(&registration, facts)
        if outcome == .registered || !facts.dates.isEmpty {
            registration.isRegistered = true
        }
        return registration
    }

    private func fill(_ registration: inout Registration, _ facts: WHOISFindings) {
        let source = facts.source
        registration.domain = facts.domain
        let end = facts.dates[.expires]
        registration.registrarExpires = facts.dates[.registrarExpires]
        registration.expires = end ?? facts.dates[.registrarExpires]
        registration.created = facts.dates[.created]
        registration.updated = facts.dates[.updated]
        registration.registrar = (facts.registrar ?? facts.seller ?? facts.registrarHandle).map {
            Fact($0, source: source)
        }
        registration.registrarID = facts.registrarID
        let statuses = facts.statuses.filter { $0 != "hold" }
        registration.statuses = statuses.isEmpty ? nil : Fact(statuses, source: source)
        registration.nameServers = facts.nameServers.isEmpty ? nil : Fact(facts.nameServers, source: source)
        registration.nameServerAddresses = facts.nameServerAddresses
        let isSigned = facts.delegationSigned ?? (facts.delegationSigners.isEmpty ? nil : true)
        registration.delegationSigned = isSigned.map { Fact($0, source: source) }
        registration.delegationSigners = facts.delegationSigners
        registration.alarms = Set(statuses.compactMap(RegistrationAlarm.named(by:)))
        registration.referral = facts.referral
        registration.expiry = expiryState(registration, facts)
    }

    private func expiryState(_ registration: Registration, _ facts: WHOISFindings) -> Registration.ExpiryState {
        if registration.expires != nil { return .given }
        if facts.unreadableEnd || facts.ambiguous[.expires] != nil { return .unreadable }
        let top = domain.split(separator: ".").last.map(String.init) ?? ""
        if WHOISDialect.of(topLevelDomain: top).publishesNoEnd { return .notPublished }
        return facts.saidNoEnd ? .saidToBeNone : .absent
    }

    private func outcome(_ facts: WHOISFindings) -> Registration.Outcome {
        guard lines.contains(where: { !$0.isBlank }) else { return .unavailable }
        if facts.statuses.contains(where: { WHOISWording.isReserved(status: $0) }) { return .reserved }
        if facts.statuses.contains(where: { WHOISWording.isFree(status: $0) }), !facts.provesMoreThanServers {
            return .available
        }
        if facts.statuses.contains(where: { $0.folded == "invalid" }) { return .invalid }
        if let code = facts.statuses.compactMap(Self.failureCode).first { return code < 500 ? .throttled : .invalid }
        if facts.proveRegistration { return .registered }
        let said = WHOISStatements(lines: lines, domain: domain, isPage: isPage).all
        // A limit shortens answers: what is missing from them is not known to be missing.
        if said.contains(.limit), !facts.hasContact { return .throttled }
        if said.contains(.absence) { return .available }
        if said.contains(.failure) || isPage { return .unavailable }
        if said.contains(.refusal), facts.registrar == nil { return .invalid }
        if said.contains(.reserved) { return .reserved }
        return facts.domain != nil && facts.isAboutDomain ? .registered : .unknown
    }

    /// The seconds a limit names: the only number in front of the word.
    private var secondsToWait: Int? {
        for line in lines where !line.isBlank {
            let words = line.text.split { " -".contains($0) }
            for (number, unit) in zip(words, words.dropFirst()) where unit.lowercased().hasPrefix("second") {
                if let seconds = Int(number), (1...86_400).contains(seconds) { return seconds }
            }
        }
        return nil
    }
}

extension WHOISVerdict {
    /// The code in a status like `440 Request Denied` that refuses an answer.
    private static func failureCode(_ status: String) -> Int? {
        let digits = status.prefix { $0.isNumber }
        guard digits.utf8.count == 3, let code = Int(digits), (400...599).contains(code) else { return nil }
        return code
    }
}

extension WHOISFindings {
    /// Reads the dates that waited for proof of their order.
    mutating func settleOrder() {
        guard let order = provenOrder ?? consistentOrder else { return }
        for (kind, text) in ambiguous where dates[kind] == nil {
            guard let moment = DateReader(order: order).read(text) else { continue }
            dates[kind] = Fact(moment, source: source, confidence: .inferred)
            ambiguous[kind] = nil
        }
    }

    /// The only order in which the life of the domain runs forward: created, changed, ending.
    private var consistentOrder: DateOrder? {
        let possible = [DateOrder.dayFirst, .monthFirst].filter { order in
            let days = [WHOISField.Kind.created, .updated, .expires].map { kind in
                dates[kind]?.value.day ?? ambiguous[kind].flatMap { DateReader(order: order).read($0)?.day }
            }
            guard let created = days[0] else { return true }
            return days[1].map { created <= $0 } != false && days[2].map { created < $0 } != false
        }
        return possible.count == 1 ? possible.first : nil
    }

    /// Whether there is a date of the domain's life.
    var provesMoreThanServers: Bool {
        dates[.expires] != nil || dates[.created] != nil
    }
}
