import DNSWire

/// Records in the YAML of octoDNS.
extension DeclaredChange.Writer {
    /// Returns one entry for each type, in one line.
    func fragments(_ values: [DeclaredChange.Value]) -> [String] {
        var types: [RecordType] = []
        for value in values where !types.contains(value.data.type) { types.append(value.data.type) }
        return types.map { type in fragment(type, values.filter { $0.data.type == type }) }
    }

    private func fragment(_ type: RecordType, _ values: [DeclaredChange.Value]) -> String {
        var fields = ["type: \(type)"]
        if let ttl = values.first?.ttl { fields.append("ttl: \(ttl)") }
        let texts = values.map { Self.value($0.data) }
        fields.append(texts.count == 1 ? "value: \(texts[0])" : "values: [\(texts.joined(separator: ", "))]")
        let entry = "{\(fields.joined(separator: ", "))}"
        // If a name has several types, its entries form a list, and this is an item of it.
        let others = zone.types(at: name).filter { $0 != type }
        guard others.isEmpty else { return entry }
        return "\(Self.key(label)): \(entry)"
    }

    private static func key(_ label: String?) -> String {
        guard let label else { return "''" }
        let isPlain =
            label.first?.isLetter == true
            && label.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }
            && !["y", "n", "yes", "no", "on", "off", "true", "false", "null"].contains(label.lowercased())
        return isPlain ? label : quoted(label)
    }

    private static func mapping(_ members: KeyValuePairs<String, String>) -> String {
        "{" + members.map { "\($0.key): \($0.value)" }.joined(separator: ", ") + "}"
    }

    private static func value(_ data: RecordData) -> String {
        if let view = MX(data) {
            return mapping(["preference": "\(view.preference)", "exchange": "\(view.exchange)"])
        }
        if let view = SRV(data) {
            return mapping([
                "priority": "\(view.priority)", "weight": "\(view.weight)", "port": "\(view.port)",
                "target": "\(view.target)",
            ])
        }
        if let view = CAA(data) {
            return mapping([
                "flags": "\(view.flags)", "tag": text(view.tag), "value": quoted(text(view.value)),
            ])
        }
        if let view = TLSA(data) {
            return mapping([
                "certificate_usage": "\(view.usage)", "selector": "\(view.selector)",
                "matching_type": "\(view.matchingType)",
                "certificate_association_data": quoted(lastWord(data)),
            ])
        }
        if let view = DS(data) {
            return mapping([
                "key_tag": "\(view.keyTag)", "algorithm": "\(view.algorithm)", "digest_type": "\(view.digestType)",
                "digest": quoted(lastWord(data)),
            ])
        }
        // Semicolons are escaped in texts.
        if let view = TXT(data) { return quoted(view.text.replacing(";", with: "\\;")) }
        if let view = NameTarget(data) { return "\(view.target)" }
        if data.type == .a { return data.text }
        if data.type == .sshfp {
            let words = data.text.split(separator: " ").map(String.init)
            guard words.count >= 3 else { return quoted(data.text) }
            return mapping([
                "algorithm": words[0], "fingerprint_type": words[1], "fingerprint": quoted(words[2...].joined()),
            ])
        }
        return quoted(data.text)
    }

    /// Returns the hexadecimal digits at the end of the presentation format.
    static func lastWord(_ data: RecordData) -> String {
        data.text.split(separator: " ").dropFirst(3).joined().lowercased()
    }
}
