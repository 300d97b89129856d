extension OutboxEntry {
    /// What became of a notice; what was refused is never shown as if somebody had heard of it.
    package enum Outcome: String, Sendable, Hashable, CaseIterable {
        case delivered, refused, waiting
    }

    /// What became of it, by its receipt.
    package var outcome: Outcome {
        guard finished != nil else { return .waiting }
        return Self.isUnheard(receipt ?? "") ? .refused : .delivered
    }

    /// How receipts begin that say that nobody heard of the notice.
    static let unheard = ["refused: ", "given up: ", "the channel is no longer configured", "cannot be read"]

    private static func isUnheard(_ receipt: String) -> Bool { unheard.contains(where: receipt.hasPrefix) }
}
