package import DNSWire

extension DeclaredChange {
    /// Creates the change to the configuration after which it expects the served values.
    ///
    /// - Returns: nil if the configuration does not list single records.
    package init?(_ key: RecordSetKey, of domain: Name, from expected: RecordExpectation, to served: SetValue) {
        guard let exactly = expected.exactly else { return nil }
        let zone = DeclaredZone(domain, source: "", form: .octoDNS, isComplete: false)
        let label = Writer(zone: zone, name: key.name).label
        let set = Writer.quoted(label.map { "\($0)/\(key.type)" } ?? "\(key.type)")
        func line(_ data: [RecordData]) -> String {
            let texts = data.map { Writer.quoted($0.text.replacing("$", with: "$$")) }
            return "expect: {\(set): [\(texts.joined(separator: ", "))]}"
        }
        (removed, added) = ([line(exactly)], [line(served.data(of: key.type))])
        if removed == added { return nil }
    }
}
