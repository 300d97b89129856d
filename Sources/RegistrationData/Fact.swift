/// One value with its source and how sure it is.
public struct Fact<Value: Hashable & Sendable & Codable>: Hashable, Sendable, Codable {
    public var value: Value
    public var source: FactSource
    public var confidence: Confidence

    public init(_ value: Value, source: FactSource, confidence: Confidence = .stated) {
        self.value = value
        self.source = source
        self.confidence = confidence
    }

    public enum Confidence: String, Hashable, Sendable, Codable {
        /// A label or a member that means exactly this.
        case stated
        /// Read by a general rule: a label that resembles known ones, an order of day and month that other
        /// dates of the same answer prove.
        case inferred
    }
}

/// Who said it, and by which protocol.
public enum FactSource: String, Hashable, Sendable, Codable, CaseIterable {
    case registryRDAP, registrarRDAP, registryWHOIS, registrarWHOIS
    /// Entered by the operator, for registries that publish nothing.
    case manual
}
