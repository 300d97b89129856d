/// Refers to an exchange in the round's snapshot.
package struct EvidencePointer: Sendable, Hashable, Codable {
    /// The source that was asked.
    package var source: Source
    /// The question.
    package var key: RecordSetKey

    package init(_ source: Source, _ key: RecordSetKey) {
        self.source = source
        self.key = key
    }
}
