package import DNSWire

/// A decisive exchange, kept with the incident; at most ``limit`` of them, each of at most ``sizeLimit`` bytes.
package struct Evidence: Sendable, Hashable, Codable {
    /// The largest number of exchanges kept with one incident.
    package static let limit = 16
    /// The longest message that is kept, in bytes.
    package static let sizeLimit = 4096

    /// The source that was asked.
    package var source: Source
    /// The address that was asked; nil if it is unknown.
    package var server: IPAddress?
    /// The question.
    package var key: RecordSetKey
    /// When the answer arrived, or the attempt was given up.
    package var at: Timestamp
    /// The transport of the last attempt.
    package var transport: ProbeReply.Transport
    /// The messages as sent and received.
    package var wire: WireEvidence
    /// In words: `ns1.example.net. (192.0.2.1): NOERROR 198.51.100.10`.
    package var summary: String
}
