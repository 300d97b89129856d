package import DNSSEC
package import DNSWire

/// The verdict on one server's keys and signatures.
package struct ChainFact: Sendable {
    /// The tag and the algorithm of a key or a DS.
    package typealias KeyLabel = ChainMemory.KeyLabel

    /// Whether a server serves keys for the zone.
    package enum State: Sendable, Hashable {
        /// The server says that there is no DNSKEY.
        case unsigned
        /// The DNSKEY RRset could not be fetched or could not be judged.
        case unknown
        case signed
    }

    /// Why an RRset is not secured by a published key.
    package enum Fault: Sendable, Hashable {
        case noSignature
        case unknownKey(KeyLabel)
        case revokedKey(KeyLabel)
        /// All signatures name another zone as their signer.
        case foreignSigner(Name)
        case expired(Timestamp)
        case notYetValid(Timestamp)
        case wrong

        /// As part of a sentence, for people.
        package var words: String {
            switch self {
            case .noSignature: "no RRSIG"
            case .unknownKey(let label): "RRSIG by key \(label.tag), which is not in the DNSKEY set"
            case .revokedKey(let label): "RRSIG by key \(label.tag), which is revoked"
            case .foreignSigner(let zone): "the RRSIG names \(zone) as its signer, which is not the zone"
            case .expired(let end): "RRSIG expired on \(end.sentence)"
            case .notYetValid(let begin): "RRSIG not valid before \(begin.sentence)"
            case .wrong: "RRSIG does not verify"
            }
        }

        var isAboutTime: Bool {
            switch self {
            case .expired, .notYetValid: true
            default: false
            }
        }
    }

    /// A DS compared with the keys of a server.
    package struct Fit: Sendable, Hashable {
        /// The DS of the parent.
        package var digest: DS
        /// Whether it refers to one of the keys, and whether its digest matches that key.
        package var kind: KeyPointers.Fit
    }

    /// The window of one signature.
    package struct Window: Sendable, Hashable {
        /// The RRset that the signature is over.
        package var covers: RecordSetKey
        /// The signature's inception.
        package var from: Timestamp
        /// The signature's expiration.
        package var to: Timestamp
        /// Seconds from inception to expiration, at least 1.
        package var validity: Int64 { max(1, to.seconds(since: from)) }
    }

    /// Whether the server serves keys for the zone.
    package var state: State
    /// Of the DNSKEY RRset, in seconds.
    package var ttl: UInt32 = 0
    /// Zone keys that are not revoked.
    package var keys: [DNSKEY] = []
    /// Keys with a good signature over the DNSKEY set.
    package var anchors: Set<KeyLabel> = []
    /// Why no signature over the DNSKEY set is good; nil if one is.
    package var keyFault: Fault?
    /// Watched RRsets without a good signature.
    package var faults: [RecordSetKey: Fault] = [:]
    /// For each RRset with a good signature, the keys that sign it.
    package var signers: [RecordSetKey: Set<KeyLabel>] = [:]
    /// One for each signature over a watched RRset or the keys.
    package var windows: [Window] = []
    /// RRsets, possibly including DNSKEY, whose signatures could not be judged: that would have taken more work than is
    /// allowed, or keys larger than those in use.
    package var unchecked: Set<RecordSetKey> = []
    /// Why a denial, or the proof that goes with a wildcard answer, does not validate, by question.
    package var denialFaults: [RecordSetKey: Reason] = [:]
    /// How each usable DS of the parent matches the published keys.
    package var fits: [Fit] = []
    /// Whether a DS record at the parent names a key that signs the DNSKEY set, by tag, algorithm and digest.
    package var fitsDelegation = false

    /// Labels of the keys that are not revoked, sorted.
    package var labels: [KeyLabel] { keys.map(\.label).sorted() }

    /// Whether one of these DS labels refers to a key that signs the DNSKEY set.
    package func satisfies(_ demand: [KeyLabel]) -> Bool { demand.contains(where: anchors.contains) }
}

extension DNSKEY {
    var label: ChainMemory.KeyLabel { ChainMemory.KeyLabel(tag: keyTag, algorithm: algorithm) }
}

extension DS {
    var label: ChainMemory.KeyLabel { ChainMemory.KeyLabel(tag: keyTag, algorithm: algorithm) }
}
