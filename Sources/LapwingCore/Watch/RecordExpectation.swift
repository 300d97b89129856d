package import DNSWire

/// The owner's expectation of an RRset: every condition that is set must be met at every server.
package struct RecordExpectation: Sendable, Hashable {
    /// These records and no others; nil if not set. Empty means that there are none.
    package var exactly: [RecordData]?
    /// Each record must be one of these; nil for any.
    package var anyOf: [RecordData]?
    /// Each address must be in one of these blocks; empty for any.
    package var within: [AddressBlock] = []
    /// The text of each record must match one of these; empty for any.
    package var matching: [TextPattern] = []
    /// Whether there must be no record of the type, whether or not the name exists.
    package var isAbsent = false
    /// The TTL at the servers, in seconds; nil for any.
    package var ttl: ClosedRange<UInt32>?
    /// The number of records; nil for any number from one on.
    package var count: ClosedRange<Int>?
    /// The place in the configuration, such as `lapwing.yml:14`; empty if it is unknown.
    package var place = ""

    package init() {}

    /// Creates an expectation of these records and no others.
    package init(exactly data: [RecordData]) { exactly = data }

    /// The same expectation without its place.
    package var placeless: RecordExpectation {
        var expectation = self
        expectation.place = ""
        return expectation
    }

    /// Whether there must be a record.
    package var wantsRecords: Bool { !isAbsent && exactly?.isEmpty != true }
}
