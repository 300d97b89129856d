import DNSWire

/// Reads lists of record types.
enum RecordTypeList {
    static func read(_ value: ValueReader) -> [RecordType]? {
        value.list()?.compactMap { member in
            guard let text = member.string() else { return nil }
            if let type = RecordType(text.uppercased()) { return type }
            member.fault("\(member.path): `\(text)` is no record type (A, MX, … or TYPE65280)")
            return nil
        }
    }
}
