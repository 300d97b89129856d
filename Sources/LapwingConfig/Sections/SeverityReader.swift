import LapwingCore

/// Reads the severities of findings that differ from those of the rules.
struct SeverityReader {
    func policy(_ value: ValueReader) -> SeverityPolicy {
        var said: [String: Severity] = [:]
        for (code, key, value) in value.entries() ?? [] {
            let place = key.path
            if let fault = FindingCodes.fault(code) {
                key.fault("\(place): \(fault)")
                continue
            }
            said[code] = value.choice(Severity.self)
        }
        return SeverityPolicy(said)
    }
}

/// Codes of findings in the file: `ttl.low`, or a whole family, `ttl.*`.
enum FindingCodes {
    /// Returns the fault of a code or family; nil if it is known.
    static func fault(_ text: String) -> String? {
        let all = FindingCode.all.map(\.rawValue)
        let isKnown = text.hasSuffix(".*") ? all.contains { $0.hasPrefix(text.dropLast()) } : all.contains(text)
        guard !isKnown else { return nil }
        let hint = Spelling.nearest(to: text, among: all).map { "; did you mean `\($0)`?" } ?? ""
        return "`\(text)` is no finding, nor a family such as dnssec.*\(hint)"
    }

    static func pattern(_ value: ValueReader) -> String? {
        guard let text = value.string() else { return nil }
        guard let fault = fault(text) else { return text }
        value.fault("\(value.path): \(fault)")
        return nil
    }
}
