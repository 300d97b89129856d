/// One value with its source and how sure it is.
public struct Fact<Value: Hashable & Sendable & Codable>: Hashable, Sendable, Codable {
    /// What was said.
    public var value: Value
    /// Who said it.
    public var source: FactSource
    /// How sure it is that this is what was said.
    public var confidence: Confidence

    public init(_ value: Value, source: FactSource, confidence: Confidence = .stated) {
        self.value = value
        self.source = source
        self.confidence = confidence
    }

    /// How sure a reading is.
    public enum Confidence: String, Hashable, Sendable, Codable {
        /// A label or a member that means exactly this.
        case stated
        /// Read by a general rule: a label that resembles known ones, an order of day and month that other
        /// dates of the same answer prove.
        case inferred
    }
}
