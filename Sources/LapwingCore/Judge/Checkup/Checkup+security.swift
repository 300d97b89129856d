import DNSSEC
import DNSWire

extension Checkup {
    /// DNSSEC as far as it can be told from one look (checks SEC-03, SEC-04, SEC-07 to SEC-09).
    static func security(_ picture: Picture) -> [Finding] {
        guard picture.watch.dnssec != .off, picture.snapshot.parent.dsKnown else { return [] }
        let records = picture.snapshot.parent.ds.compactMap { DS($0.data) }
        let chains = picture.servers.indices.filter { picture.servers[$0].isListed }.map { picture.chains[$0] }
        let key = RecordSetKey(picture.domain, .dnskey)
        if records.isEmpty {
            if chains.contains(where: { $0.state == .signed }) {
                return [
                    finding(
                        .dnssecIsland, .notice,
                        "\(picture.domain) is signed, but the parent has no DS: nobody can validate it.", subject: key,
                        advice: "Have the DS published at the registrar.", check: "dig \(picture.domain) DS")
                ]
            }
            guard picture.watch.dnssec == .required else { return [] }
            return [
                finding(
                    .dnssecUnsigned, .critical, "\(picture.domain) is not signed, although it is required to be.",
                    subject: key,
                    advice: "Sign the zone and publish the DS.", check: "dig \(picture.domain) DNSKEY")
            ]
        }
        var findings: [Finding] = []
        if !records.contains(where: { $0.digestType == 2 || $0.digestType == 4 }) {
            findings.append(
                finding(
                    .dnssecAlgorithm, .warning,
                    "The DS of \(picture.domain) uses digest types that resolvers give up (SHA-1).", subject: key,
                    advice: "Publish a DS with digest type 2 (SHA-256).", check: "dig \(picture.domain) DS"))
        }
        let weak = Set(chains.flatMap(\.keys).compactMap(weakness)).sorted()
        if !weak.isEmpty {
            findings.append(
                finding(
                    .dnssecAlgorithm, .warning, "Weak keys at \(picture.domain): \(weak.joined(separator: "; ")).",
                    subject: key,
                    advice: "Roll to algorithm 13 (ECDSA P-256), or RSA with 2048 bits at least.",
                    check: "dig \(picture.domain) DNSKEY"))
        }
        return findings
    }

    private static func weakness(_ key: DNSKEY) -> String? {
        switch key.algorithm {
        case 1, 3, 5, 6, 7, 12: return "key \(key.keyTag) has the forbidden algorithm \(key.algorithm) (RFC 9904)"
        case 8, 10:
            let bits = modulusBits(key.publicKey)
            return bits < 2048 ? "RSA key \(key.keyTag) has \(bits) bits" : nil
        default: return nil
        }
    }

    /// Bits of an RSA key in the form of RFC 3110.
    private static func modulusBits(_ key: [UInt8]) -> Int {
        guard let first = key.first else { return 0 }
        if first > 0 { return max(0, key.count - 1 - Int(first)) * 8 }
        guard key.count >= 3 else { return 0 }
        return max(0, key.count - 3 - (Int(key[1]) << 8 | Int(key[2]))) * 8
    }

    /// The registration beside its term (checks REG-05, REG-07, REG-11).
    static func registration(_ picture: Picture) -> [Finding] {
        guard picture.watch.watchesRegistration, let view = picture.snapshot.registry else { return [] }
        switch view.outcome {
        case .registered: break
        case .available where picture.snapshot.parent.state == .delegated: return []
        case .available: return []
        case .throttled, .unavailable, .unknown:
            return [
                finding(
                    .registryUnavailable, .notice,
                    "Registration data of \(picture.domain) cannot be fetched: \(view.detail ?? view.outcome.rawValue).",
                    advice: "Try again later; a failed look-up says nothing about the domain.")
            ]
        }
        var findings: [Finding] = []
        if view.expires == nil, picture.watch.manualExpiry == nil {
            findings.append(
                finding(
                    .registrationUndated, .info,
                    "The registry of \(picture.domain) publishes no end of the registration.",
                    advice: "Enter the date by hand to be reminded."))
        }
        if !view.statuses.isEmpty, view.statuses.isDisjoint(with: HolderRule.locks) {
            findings.append(
                finding(
                    .registrationUnlocked, .notice, "\(picture.domain) has no transfer lock.",
                    facts: ["Status: \(RegistryWords.list(view.statuses))."],
                    advice: "Set the lock at \(view.registrar ?? "the registrar")."))
        }
        return findings
    }
}
