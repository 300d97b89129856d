package import RegistrationData
import DNSWire

extension RegistryView {
    /// Converts a parsed registration into the terms of the rules; facts are included only for a registered domain.
    package init(_ registration: Registration, channel: Channel, server: String? = nil, at moment: Timestamp) {
        self.init(outcome: Outcome(registration.outcome), at: moment, channel: channel)
        self.server = server
        registrar = registration.registrar?.value
        registrarID = registration.registrarID
        created = registration.created.map { Moment($0.value) }
        updated = registration.updated.map { Moment($0.value) }
        expires = registration.expires.map { Moment($0.value) }
        registrarExpires = registration.registrarExpires.map { Moment($0.value) }
        endConfidence = registration.expires?.confidence
        // A status in the registry's own words, such as a quarantine, counts as the corresponding EPP status.
        statuses = Set(registration.statuses?.value ?? []).union(registration.alarms.compactMap(\.status))
        nameServers = (registration.nameServers?.value ?? []).compactMap { try? Name($0) }
        secure = registration.delegationSigned?.value
        glue = Self.glue(registration.nameServerAddresses)
        signers = Self.signers(registration)
        refreshed = registration.refreshed.map { Moment($0) }
        if let wait = registration.retryAfter {
            detail = "retry after \(wait) s"
            self.wait = Int64(wait)
        }
    }
}

extension RegistryView {
    private static func glue(_ listed: [String: [String]]) -> [Name: [IPAddress]]? {
        var glue: [Name: [IPAddress]] = [:]
        for (host, texts) in listed {
            let addresses = texts.compactMap { IPAddress($0) }
            if let name = try? Name(host).folded, !addresses.isEmpty { glue[name] = addresses.sorted() }
        }
        return glue.isEmpty ? nil : glue
    }

    /// Returns nil if one of them cannot be parsed: a partial set is no set.
    private static func signers(_ registration: Registration) -> [Signer]? {
        var signers: [Signer] = []
        for text in registration.delegationSigners {
            guard let data = try? RecordData(type: .ds, text: text), let digest = DS(data) else { return nil }
            signers.append(Signer(tag: digest.keyTag, algorithm: digest.algorithm, text: data.text))
        }
        for text in registration.delegationKeys where registration.delegationSigners.isEmpty {
            guard let data = try? RecordData(type: .dnskey, text: text), let key = DNSKEY(data) else { return nil }
            signers.append(Signer(tag: key.keyTag, algorithm: key.algorithm))
        }
        return signers.isEmpty ? nil : signers
    }
}

extension RegistrationAlarm {
    /// The EPP status with the same meaning; nil for a date that has passed, which the date itself shows.
    fileprivate var status: String? {
        switch self {
        case .clientHold, .serverHold, .redemptionPeriod, .pendingDelete: rawValue
        case .suspended: "serverHold"
        case .expired: nil
        }
    }
}

extension RegistryView.Moment {
    init(_ moment: RegistrationMoment) {
        self.init(text: moment.description, at: Timestamp(seconds: Int64(moment.unixSeconds)))
    }
}

extension RegistryView.Outcome {
    init(_ outcome: Registration.Outcome) {
        self =
            switch outcome {
            case .registered: .registered
            case .available: .available
            case .throttled: .throttled
            case .unavailable: .unavailable
            // Reserved names and refused questions say nothing about a watched domain.
            case .reserved, .invalid, .unknown: .unknown
            }
    }
}
