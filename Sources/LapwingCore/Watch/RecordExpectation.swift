package import DNSWire

/// What the owner says an RRset must be: all that is said has to be true of it, at every server.
package struct RecordExpectation: Sendable, Hashable {
    /// These records and no others; nil where that is not said. Empty means that there is none.
    package var exactly: [RecordData]?
    /// Each record is one of these; nil for any.
    package var anyOf: [RecordData]?
    /// Each address lies in one of these blocks; empty for any.
    package var within: [AddressBlock] = []
    /// The text of each record is as one of these says; empty for any.
    package var matching: [TextPattern] = []
    /// There is no record of the type, whether or not the name exists.
    package var isAbsent = false
    /// Seconds that the servers give it to live; nil for any.
    package var ttl: ClosedRange<UInt32>?
    /// How many records there are; nil for any number from one on.
    package var count: ClosedRange<Int>?
    /// Where it is said, such as `lapwing.yml:14`; empty where that is not known.
    package var place = ""

    package init() {}

    /// These records and no others.
    package init(exactly data: [RecordData]) { exactly = data }

    /// The same, wherever it is said.
    package var placeless: RecordExpectation {
        var expectation = self
        expectation.place = ""
        return expectation
    }

    /// Whether there has to be a record.
    package var wantsRecords: Bool { !isAbsent && exactly?.isEmpty != true }
}
