package import DNSSEC
package import DNSWire

/// What one server's keys and signatures amount to.
package struct ChainFact: Sendable {
    package typealias KeyLabel = ChainMemory.KeyLabel

    package enum State: Sendable, Hashable {
        /// The server says that there is no DNSKEY.
        case unsigned
        /// DNSKEY could not be fetched.
        case unknown
        case signed
    }

    /// Why an RRset is not secured by a listed key.
    package enum Fault: Sendable, Hashable {
        case noSignature
        case unknownKey(KeyLabel)
        case expired(Timestamp)
        case notYetValid(Timestamp)
        case wrong

        package var words: String {
            switch self {
            case .noSignature: "no RRSIG"
            case .unknownKey(let label): "RRSIG by key \(label.tag), which is not in the DNSKEY set"
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

    /// The window of one signature.
    package struct Window: Sendable, Hashable {
        package var covers: RecordSetKey
        package var from: Timestamp
        package var to: Timestamp
        package var validity: Int64 { max(1, to.seconds(since: from)) }
    }

    package var state: State
    package var ttl: UInt32 = 0
    /// Zone keys that are not revoked.
    package var keys: [DNSKEY] = []
    /// Keys with a good signature over the DNSKEY set.
    package var anchors: Set<KeyLabel> = []
    /// Why no signature over the DNSKEY set is good, when none is.
    package var keyFault: Fault?
    /// RRsets of the watch that are not well signed.
    package var faults: [RecordSetKey: Fault] = [:]
    /// For each well signed RRset, the keys that sign it.
    package var signers: [RecordSetKey: Set<KeyLabel>] = [:]
    package var windows: [Window] = []

    package var labels: [KeyLabel] { keys.map(\.label).sorted() }

    /// Whether one of these DS labels leads to a key that signs the DNSKEY set.
    package func satisfies(_ demand: [KeyLabel]) -> Bool { demand.contains(where: anchors.contains) }

    /// Whether a DS record names a key that signs the DNSKEY set, by tag, algorithm and digest.
    package func satisfies(_ records: [DS], zone: Name, verifier: any SignatureVerifier) -> Bool {
        records.contains { record in
            let label = KeyLabel(tag: record.keyTag, algorithm: record.algorithm)
            guard anchors.contains(label) else { return false }
            guard let kind = DigestKind(rawValue: record.digestType) else { return false }
            return keys.contains {
                $0.label == label && verifier.digest(kind, CanonicalForm.delegationBytes(zone, $0)) == record.digest
            }
        }
    }

    /// The signature that ends first.
    package var first: Window? { windows.min { $0.to < $1.to } }
}

extension DNSKEY {
    var label: ChainMemory.KeyLabel { ChainMemory.KeyLabel(tag: keyTag, algorithm: algorithm) }
}

extension DS {
    var label: ChainMemory.KeyLabel { ChainMemory.KeyLabel(tag: keyTag, algorithm: algorithm) }
}
