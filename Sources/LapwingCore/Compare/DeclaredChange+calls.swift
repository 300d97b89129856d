import DNSWire

/// Records in the languages of dnscontrol and Terraform.
extension DeclaredChange.Writer {
    /// Returns a call such as `A("www", "192.0.2.7", TTL(300))`.
    func call(_ value: DeclaredChange.Value) -> String {
        let data = value.data
        var arguments = [Self.quoted(label ?? "@")]
        if let view = MX(data) {
            arguments += ["\(view.preference)", Self.quoted("\(view.exchange)")]
        } else if let view = SRV(data) {
            arguments += ["\(view.priority)", "\(view.weight)", "\(view.port)", Self.quoted("\(view.target)")]
        } else if let view = CAA(data) {
            arguments += [Self.quoted(Self.text(view.tag)), Self.quoted(Self.text(view.value))]
            if view.isCritical { arguments.append("CAA_CRITICAL") }
        } else if let view = TLSA(data) {
            arguments += [
                "\(view.usage)", "\(view.selector)", "\(view.matchingType)", Self.quoted(Self.lastWord(data)),
            ]
        } else if let view = DS(data) {
            arguments += [
                "\(view.keyTag)", "\(view.algorithm)", "\(view.digestType)", Self.quoted(Self.lastWord(data)),
            ]
        } else if let view = TXT(data) {
            arguments.append(Self.quoted(view.text))
        } else if let view = SVCB(data) {
            let rest = data.text.split(separator: " ").dropFirst(2).joined(separator: " ")
            arguments += ["\(view.priority)", Self.quoted("\(view.target)"), Self.quoted(rest)]
        } else if let view = NameTarget(data) {
            arguments.append(Self.quoted("\(view.target)"))
        } else {
            arguments.append(Self.quoted(data.text))
        }
        if let ttl = value.ttl { arguments.append("TTL(\(ttl))") }
        return "\(data.type)(\(arguments.joined(separator: ", ")))"
    }

    /// Returns the attributes of the resources that declare the set, each with the address of its resource.
    func terraform(
        _ old: [DeclaredChange.Value], _ new: [DeclaredChange.Value]
    ) -> (removed: [String], added: [String]) {
        guard let first = old.first else { return ([], new.map { Self.words($0.data) }) }
        let attribute = first.attribute ?? DeclaredZone.Attribute(name: "records", isList: true)
        var removed: [String] = []
        var added: [String] = []
        if attribute.isList {
            func list(_ values: [DeclaredChange.Value]) -> String {
                "\(first.path): \(attribute.name) = ["
                    + values.map { Self.words($0.data) }.joined(separator: ", ") + "]"
            }
            if Set(old.map(\.data)) != Set(new.map(\.data)) { (removed, added) = ([list(old)], [list(new)]) }
        } else {
            // With one resource per value, unchanged ones stay, and the others get the new values in their order.
            var fresh = new.filter { value in !old.contains { $0.data == value.data } }
            for value in old where !new.contains(where: { $0.data == value.data }) {
                removed.append("\(value.path): \(Self.attributes(attribute.name, value.data))")
                if !fresh.isEmpty {
                    added.append("\(value.path): \(Self.attributes(attribute.name, fresh.removeFirst().data))")
                }
            }
            added += fresh.map { "one more like \(first.path): \(Self.attributes(attribute.name, $0.data))" }
        }
        if let before = first.ttl, let after = new.first?.ttl, before != after {
            let paths = attribute.isList ? [first.path] : old.map(\.path)
            removed += paths.map { "\($0): ttl = \(before)" }
            added += paths.map { "\($0): ttl = \(after)" }
        }
        return (removed, added)
    }

    /// Returns one value, preceded by the part that providers keep in an attribute of its own.
    private static func attributes(_ name: String, _ data: RecordData) -> String {
        guard let view = MX(data) else { return "\(name) = \(words(data))" }
        return "priority = \(view.preference), \(name) = \(quoted("\(view.exchange)"))"
    }

    private static func words(_ data: RecordData) -> String { quoted(TXT(data)?.text ?? data.text) }
}
