import DNSSEC

/// A chain of trust as text: the verdict, the fault, then link by link.
extension ChainReport {
    var text: String {
        var lines = ["\(name): \(dnssec) at \(at)"]
        if let reason { lines.append("  \(reason.text) [\(reason.code)]") }
        if let forecast {
            let verb = forecast.secondsLeft < 0 ? "stopped validating" : "stops validating if nothing is signed again"
            lines.append(
                "  \(verb): \(forecast.ends), when the signature of key \(forecast.keyTag) over "
                    + "\(forecast.name) \(forecast.type) ends")
        }
        for finding in findings {
            lines.append("  \(finding.severity): \(finding.text) [\(finding.code)]")
            if let advice = finding.advice { lines.append("    \(advice)") }
        }
        if !publish.isEmpty { lines += ["  to publish above:"] + publish.map { "    \($0)" } }
        for link in chain {
            lines.append("")
            lines.append("\(link.zone)  \(link.dnssec)" + (link.parent.map { ", below \($0)" } ?? ", trust anchor"))
            if let reason = link.reason { lines.append("  \(reason.text) [\(reason.code)]") }
            lines += link.ds.map(Self.line)
            for key in link.keys {
                let bits = key.bits.map { ", \($0) bits" } ?? ""
                let marks = (key.namedByParent ? ", named above" : "") + (key.signsKeys ? ", signs the keys" : "")
                lines.append("  DNSKEY  \(key.tag) \(key.mnemonic)\(bits), \(key.role)\(marks)")
            }
            lines += link.signatures.map(Self.line)
        }
        if !answers.isEmpty { lines += ["", "answers"] + answers.map(Self.line) }
        if let denial {
            let parameters = denial.iterations.map { " iterations \($0), salt \(denial.salt ?? "-")" } ?? ""
            lines += ["", "denial: \(denial.kind)\(parameters)" + (denial.optOut == true ? ", opt-out" : "")]
        }
        return lines.joined(separator: "\n")
    }

    private static func line(_ digest: Digest) -> String {
        let fit =
            switch digest.fit {
            case "fits": "fits key \(digest.keyTag)"
            case "other_digest": "is not the digest of key \(digest.keyTag)"
            case "no_key": "there is no such key"
            case "unknown_digest": "of a kind that is not checked"
            default: "the keys are not known"
            }
        return
            "  DS      \(digest.keyTag) \(Algorithms.name(digest.algorithm)) \(Algorithms.digestName(digest.digestType)) "
            + "\(digest.digest.prefix(16)): \(fit)"
            + (digest.counts || digest.fit == "unknown_digest" ? "" : ", does not count")
    }

    private static func line(_ signature: SignatureLine) -> String {
        "  RRSIG   \(signature.name) \(signature.covers) by \(signature.keyTag): \(signature.inception) to "
            + "\(signature.expiration), \(signature.state)"
    }
}
