import DNSSEC
import DNSWire
import Foundation
import LapwingCore

/// A chain of trust as JSON.
struct ChainReport: Encodable {
    struct Why: Encodable {
        var code: String
        var zone: String
        var text: String
        var ede: UInt16

        init(_ reason: Reason) {
            code = reason.code.rawValue
            zone = reason.zone.description
            text = reason.text
            ede = reason.extendedError
        }
    }

    struct Digest: Encodable {
        var keyTag: UInt16
        var algorithm: UInt8
        var digestType: UInt8
        var digest: String
        /// `fits`, `other_digest`, `no_key` or `unknown_digest`; absent if the keys are not known.
        var fit: String?
        /// Whether validators use it: not a SHA-1 digest beside a better one, nor an unknown digest type.
        var counts: Bool

        init(_ digest: ChainDigest) {
            keyTag = digest.fields.keyTag
            algorithm = digest.fields.algorithm
            digestType = digest.fields.digestType
            self.digest = Hexadecimal.text(digest.fields.digest)
            counts = digest.counts
            fit =
                switch digest.fit {
                case nil: nil
                case .fits: "fits"
                case .otherDigest: "other_digest"
                case .noKey: "no_key"
                case .unknownDigest: "unknown_digest"
                }
        }
    }

    struct Key: Encodable {
        var tag: UInt16
        var flags: UInt16
        var algorithm: UInt8
        var mnemonic: String
        var bits: Int?
        var role: String
        var namedByParent: Bool
        var signsKeys: Bool
    }

    struct SignatureLine: Encodable {
        var name: String
        var covers: String
        var signer: String
        var keyTag: UInt16
        var algorithm: UInt8
        var inception: String
        var expiration: String
        var state: String
    }

    struct Link: Encodable {
        var zone: String
        var parent: String?
        var dnssec: String
        var reason: Why?
        var ds: [Digest]
        var keys: [Key]
        var signatures: [SignatureLine]
    }

    struct Denial: Encodable {
        var kind: String
        var iterations: UInt16?
        var salt: String?
        var optOut: Bool?
    }

    struct Forecast: Encodable {
        var ends: String
        var secondsLeft: Int64
        var name: String
        var type: String
        var zone: String
        var keyTag: UInt16
    }

    struct FindingLine: Encodable {
        var code: String
        var severity: String
        var zone: String
        var text: String
        var advice: String?
    }

    /// A bogus answer of a single server.
    struct SetbackLine: Encodable {
        var server: String
        var name: String
        var type: String
        var reason: Why
    }

    var name: String
    var at: String
    var dnssec: String
    var reason: Why?
    var chain: [Link]
    var answers: [SignatureLine]
    var denial: Denial?
    var forecast: Forecast?
    var findings: [FindingLine]
    /// Bogus answers of single servers.
    var setbacks: [SetbackLine]
    /// The DS records to publish in the parent zone, in zone file format, if the present ones do not work.
    var publish: [String]

    init(_ survey: ChainSurvey) {
        name = survey.name.description
        at = TimeText.text(survey.now)
        dnssec = survey.proof.verdict.rawValue
        reason = survey.proof.reason.map { Why($0) }
        func line(_ signature: ChainSignature) -> SignatureLine {
            SignatureLine(
                name: signature.owner.description, covers: signature.fields.typeCovered.description,
                signer: signature.fields.signer.description, keyTag: signature.fields.keyTag,
                algorithm: signature.fields.algorithm, inception: TimeText.text(signature.fields.inception),
                expiration: TimeText.text(signature.fields.expiration), state: signature.state(at: survey.now))
        }
        chain = survey.links.map { link in
            Link(
                zone: link.zone.description, parent: link.parent?.description, dnssec: link.proof.verdict.rawValue,
                reason: link.proof.reason.map { Why($0) },
                ds: link.delegation.map(Digest.init),
                keys: link.keys.map { key in
                    Key(
                        tag: key.tag, flags: key.fields.flags, algorithm: key.fields.algorithm,
                        mnemonic: Algorithms.name(key.fields.algorithm), bits: key.bits, role: key.role,
                        namedByParent: key.isNamed, signsKeys: key.signsKeys)
                }, signatures: link.signatures.map(line))
        }
        answers = survey.signatures.map(line)
        switch survey.denial {
        case nil: denial = nil
        case .nsec: denial = Denial(kind: "nsec")
        case .compact: denial = Denial(kind: "compact")
        case .nsec3(let iterations, let salt, let optOut):
            let hex = Hexadecimal.text(salt)
            denial = Denial(kind: "nsec3", iterations: iterations, salt: hex.isEmpty ? "-" : hex, optOut: optOut)
        }
        forecast = survey.end.map {
            Forecast(
                ends: TimeText.text($0.moment), secondsLeft: Int64($0.moment) - Int64(survey.now),
                name: $0.owner.description, type: $0.type.description, zone: $0.zone.description, keyTag: $0.keyTag)
        }
        findings = survey.findings.map {
            FindingLine(
                code: $0.code, severity: $0.severity.rawValue, zone: $0.zone.description, text: $0.text,
                advice: $0.advice)
        }
        setbacks = survey.setbacks.map {
            SetbackLine(
                server: "\($0.server)", name: $0.name.description, type: $0.type.description, reason: Why($0.reason))
        }
        let wanted: Set<String> = ["SEC-02", "SEC-03", "SEC-06", "SEC-07", "SEC-18"]
        let isWanted = survey.findings.contains { wanted.contains($0.code) && $0.zone == survey.name }
        publish = isWanted ? survey.publishable.map { "\(survey.name) DS \($0.data.text)" } : []
    }

    /// The report as one JSON object on one line, with keys in snake case.
    var json: String {
        get throws { try JSONOutput.text(self, keys: .convertToSnakeCase) }
    }
}
