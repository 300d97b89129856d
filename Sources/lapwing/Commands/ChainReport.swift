import DNSSEC
import DNSWire
import Foundation

/// A chain of trust as programs read it.
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

    init(_ survey: ChainSurvey) {
        name = survey.name.description
        at = SignatureTime.text(survey.now)
        dnssec = survey.proof.verdict.rawValue
        reason = survey.proof.reason.map { Why($0) }
        func line(_ signature: ChainSignature) -> SignatureLine {
            SignatureLine(
                name: signature.owner.description, covers: signature.fields.typeCovered.description,
                signer: signature.fields.signer.description, keyTag: signature.fields.keyTag,
                algorithm: signature.fields.algorithm, inception: SignatureTime.text(signature.fields.inception),
                expiration: SignatureTime.text(signature.fields.expiration), state: signature.state(at: survey.now))
        }
        chain = survey.links.map { link in
            Link(
                zone: link.zone.description, parent: link.parent?.description, dnssec: link.proof.verdict.rawValue,
                reason: link.proof.reason.map { Why($0) },
                ds: link.digests.map { Digest(keyTag: $0.keyTag, algorithm: $0.algorithm, digestType: $0.digestType) },
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
            let hex = salt.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
            denial = Denial(kind: "nsec3", iterations: iterations, salt: hex.isEmpty ? "-" : hex, optOut: optOut)
        }
        forecast = survey.end.map {
            Forecast(
                ends: SignatureTime.text($0.moment), secondsLeft: Int64($0.moment) - Int64(survey.now),
                name: $0.owner.description, type: $0.type.description, zone: $0.zone.description, keyTag: $0.keyTag)
        }
        findings = survey.findings.map {
            FindingLine(code: $0.code, severity: $0.severity.rawValue, zone: $0.zone.description, text: $0.text)
        }
    }

    /// One JSON object on one line; names of several words are written with underscores.
    var json: String {
        get throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.withoutEscapingSlashes, .sortedKeys]
            encoder.keyEncodingStrategy = .convertToSnakeCase
            return String(decoding: try encoder.encode(self), as: UTF8.self)
        }
    }
}
