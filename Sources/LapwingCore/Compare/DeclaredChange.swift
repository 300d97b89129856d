import DNSWire

/// The change to a source after which it declares the served records, in the source's own format.
package struct DeclaredChange: Sendable, Hashable {
    /// Lines to remove, without a mark.
    package var removed: [String]
    /// Lines to add.
    package var added: [String]

    /// All lines with `- ` or `+ ` in front, removed ones first.
    package var lines: [String] { removed.map { "- \($0)" } + added.map { "+ \($0)" } }

    /// - Returns: nil if there is nothing to change.
    package init?(_ drift: Drift, in zone: DeclaredZone) {
        guard drift.isDifferent, let voice = drift.servers.first else { return nil }
        let old = drift.declared.compactMap { entry in
            entry.data.map { Value(data: $0, ttl: entry.ttl, path: entry.path, attribute: entry.attribute) }
        }
        let writer = Writer(zone: zone, name: drift.key.name)
        let new = Self.served(voice, drift).map { data in
            let same = old.first { Member($0.data) == Member(data) }
            return Value(data: same?.data ?? data, ttl: Self.ttl(drift, voice), path: same?.path ?? "", attribute: nil)
        }
        (removed, added) = writer.difference(old, new)
        if removed.isEmpty, added.isEmpty { return nil }
    }

    private static func ttl(_ drift: Drift, _ voice: Drift.Voice) -> UInt32? {
        // A TTL that is left to a default stays so.
        drift.declared.isEmpty || drift.declared.contains { $0.ttl != nil } ? voice.ttl : nil
    }

    /// Returns the records that the source would have to declare; an alias in their place if there is one.
    private static func served(_ voice: Drift.Voice, _ drift: Drift) -> [RecordData] {
        guard voice.value.isPresent else { return [] }
        if let alias = voice.value.alias { return [NameTarget(type: .cname, target: alias).data] }
        guard drift.key.type == .soa, let serial = drift.declared.first?.data.flatMap({ SOA($0)?.serial }) else {
            return voice.value.data(of: drift.key.type)
        }
        return voice.value.data(of: .soa).map { data in
            guard var soa = SOA(data) else { return data }
            soa.serial = serial
            return soa.data
        }
    }

    /// A declared or a future record.
    struct Value: Hashable {
        var data: RecordData
        var ttl: UInt32?
        var path: String
        var attribute: DeclaredZone.Attribute?
    }
}

extension DeclaredChange {
    /// Writes the records of one name in the format of a source.
    struct Writer {
        let zone: DeclaredZone
        let name: Name

        func difference(_ old: [Value], _ new: [Value]) -> (removed: [String], added: [String]) {
            switch zone.form {
            case .zone: return apart(old.map(zoneLine), new.map(zoneLine))
            case .dnsControl: return apart(old.map(call), new.map(call))
            case .octoDNS: return apart(fragments(old), fragments(new))
            case .terraform: return terraform(old, new)
            }
        }

        /// Returns the lines of both sides without those that they have in common.
        func apart(_ old: [String], _ new: [String]) -> (removed: [String], added: [String]) {
            (old.filter { !new.contains($0) }, new.filter { !old.contains($0) })
        }

        /// Returns a complete line, valid for any `$ORIGIN` and `$TTL`.
        private func zoneLine(_ value: Value) -> String {
            "\(name) \(value.ttl.map { "\($0) " } ?? "")IN \(value.data.type) \(value.data.text)"
        }

        /// The name relative to the domain; nil for the domain itself.
        var label: String? {
            guard name != zone.domain,
                let name = try? Name(labels: name.labels.prefix(name.labelCount - zone.domain.labelCount))
            else { return nil }
            return String(name.description.dropLast())
        }

        /// Returns a string literal of JSON, JavaScript, YAML and HCL.
        static func quoted(_ text: String) -> String {
            var result = "\""
            for scalar in text.unicodeScalars {
                switch scalar {
                case "\"", "\\": result += "\\\(scalar)"
                case _ where scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value):
                    let digits = String(scalar.value, radix: 16)
                    result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
                default: result.unicodeScalars.append(scalar)
                }
            }
            return result + "\""
        }

        static func text(_ octets: [UInt8]) -> String { String(decoding: octets, as: UTF8.self) }
    }
}
