import DNSWire

/// The bytes of one exchange; empty if there were none.
package struct WireEvidence: Sendable, Hashable, Codable {
    /// The question; empty if it was not kept.
    package var query: [UInt8]
    /// The answer; empty if none arrived or it was not kept.
    package var answer: [UInt8]

    package init(query: [UInt8], answer: [UInt8]) {
        self.query = query
        self.answer = answer
    }
}
