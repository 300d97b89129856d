internal import DNSWire

/// The recommended action for each criterion of a chain of trust.
enum ChainAdvice {
    static func text(for finding: ChainFinding) -> String? {
        let zone = finding.zone
        return switch finding.code {
        case "SEC-01": "Look at what the servers of \(zone) answer; the trace of lapwing resolve shows each step."
        case "SEC-02":
            "Have the DS of a key that signs the DNSKEY set published above \(zone), or sign the set with the key that the DS "
                + "names; if the zone is not to be signed, have the DS removed first."
        case "SEC-03": "Have the DS published at the registrar."
        case "SEC-06":
            "Remove DS records and keys of an algorithm that does not sign the whole zone; keep a DS only for a key that is "
                + "there, or soon will be."
        case "SEC-07": "Publish a DS with digest type 2 (SHA-256) and remove those of SHA-1."
        case "SEC-08": "Roll to algorithm 13 (ECDSA P-256)."
        case "SEC-09": "Use RSA keys of 2048 to 4096 bits, or roll to algorithm 13."
        case "SEC-10":
            "Have \(zone) signed again now, and see why the signer or the zone transfer stopped; if the signatures are fresh, "
                + "compare clocks."
        case "SEC-11": "See that the signer of \(zone) runs and that its copies reach all servers."
        case "SEC-12": "Let signatures last weeks, not months: a copy of old data validates until they end."
        case "SEC-13": "Begin signatures an hour in the past and renew them days before they end."
        case "SEC-15":
            "Have \(zone) signed again and see whether something on the way changes records; compare the servers with each "
                + "other."
        case "SEC-16":
            "Have the servers of \(zone) serve the signed zone, and answer EDNS queries with the DO bit set."
        case "SEC-17": "Let \(zone) sign its own data, with itself as the signer."
        case "SEC-18": "Publish a DS of a key that is in use and remove that of the other."
        case "SEC-20":
            "Have \(zone) signed again with a complete chain of NSEC or NSEC3 records; until then names without data answer "
                + "SERVFAIL."
        case "SEC-22": "Set the NSEC3 iterations to 0 and the salt to none."
        case "SEC-25": "Publish CDS and CDNSKEY for the keys that sign the DNSKEY set, or remove them."
        default: nil
        }
    }
}
