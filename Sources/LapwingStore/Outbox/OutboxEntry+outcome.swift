extension OutboxEntry {
    /// The state of a notice; a refused notice is never shown as delivered.
    package enum Outcome: String, Sendable, Hashable, CaseIterable {
        case delivered, refused, waiting
    }

    /// The state according to the receipt.
    package var outcome: Outcome {
        guard finished != nil else { return .waiting }
        return Self.isUnheard(receipt ?? "") ? .refused : .delivered
    }

    /// The prefixes of receipts of notices that reached no receiver.
    static let unheard = ["refused: ", "given up: ", "the channel is no longer configured", "cannot be read"]

    private static func isUnheard(_ receipt: String) -> Bool { unheard.contains(where: receipt.hasPrefix) }
}
