/// Says in 128 bits what records a section holds: equal for equal sets, whatever their order and times to live.
///
/// It is the sorted list of the records' hashes, each once, hashed again, all with a secret key. To make two different
/// answers meet one would have to break the keyed hash; adding the hashes up instead would be open to clever sums.
public struct AnswerDigest: Hashable, Sendable {
    /// The digest as a number; comparable only with those made by the same key.
    public let value: UInt128

    /// A digest that was kept.
    public init(value: UInt128) { self.value = value }

    /// The secret that digests are made with; drawn at random once and kept as long as the digests are.
    public struct Key: Hashable, Sendable {
        /// The lower half.
        public var low: UInt64
        /// The upper half.
        public var high: UInt64

        /// A key of two random halves.
        public init(low: UInt64, high: UInt64) {
            self.low = low
            self.high = high
        }
    }
}
