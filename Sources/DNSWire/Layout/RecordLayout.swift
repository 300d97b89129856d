/// How the data of one record type is laid out: the one place that decoding, printing, parsing, compression and the
/// canonical form follow.
struct RecordLayout: Sendable {
    /// The fields, in order.
    let fields: [RecordField]
    /// What the fields must be to each other.
    var rule: RecordRule?
    /// Whether the layout holds in class IN only; in other classes the data is opaque.
    var isInternetOnly = false

    init(_ fields: RecordField..., rule: RecordRule? = nil) {
        self.fields = fields
        self.rule = rule
    }

    /// The layout of a type in a class; nil for data that is opaque (RFC 3597).
    static func of(_ type: RecordType, _ recordClass: RecordClass) -> RecordLayout? {
        let index = Int(type.rawValue)
        guard index < table.count else { return type == .dlv ? lookaside : nil }
        guard let row = table[index] else { return nil }
        guard row.isInternetOnly, recordClass != .in else { return row }
        return type == .a && recordClass == .ch ? chaosAddress : nil
    }

    /// The length of data that is an address and nothing else, so that it needs no reading; nil for other data.
    static func plainLength(_ type: RecordType, _ recordClass: RecordClass) -> Int? {
        guard recordClass == .in else { return nil }
        return type == .a ? 4 : type == .aaaa ? 16 : nil
    }

    private static let table: [RecordLayout?] = {
        var table: [RecordLayout?] = []
        for (layouts, isInternetOnly) in [(inAnyClass, false), (inInternet, true)] {
            for (type, layout) in layouts {
                let index = Int(type.rawValue)
                while table.count <= index { table.append(nil) }
                var layout = layout
                layout.isInternetOnly = isInternetOnly
                table[index] = layout
            }
        }
        return table
    }()
}
