import DNSWire

extension Incident {
    /// The largest number of facts in a text.
    static let factLimit = 40

    /// Returns the first finding whose RRset the text of this incident does not mention yet; nil if there is none, or
    /// no room.
    func unmentioned(in findings: [Finding]) -> Finding? {
        guard Set(findings.map(\.subject)).count > 1, text.facts.count < Self.factLimit else { return nil }
        return findings.first { $0.subject.map { !mentions($0) } ?? false }
    }

    /// Whether the text mentions an RRset.
    func mentions(_ key: RecordSetKey) -> Bool {
        let words = Narrative.plain("\(key.name) \(key.type)")
        return ([text.headline] + text.facts).contains { $0.contains(words + " ") || $0.contains(words + ":") }
    }
}
