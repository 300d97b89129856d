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

    /// The first difference from what is declared of which the text says nothing yet; nil where there is none that is worth
    /// a notice, or no room.
    func furtherDrift(in findings: [Finding]) -> Finding? {
        guard cause == .drift, text.facts.count < Self.factLimit else { return nil }
        return findings.first { $0.severity >= .notice && ($0.subject.map { !mentions($0) } ?? false) }
    }

    /// Whether the text mentions an RRset.
    func mentions(_ key: RecordSetKey) -> Bool {
        let words = Narrative.plain("\(key.name) \(key.type)")
        return ([text.headline] + text.facts).contains { $0.contains(words + " ") || $0.contains(words + ":") }
    }
}
