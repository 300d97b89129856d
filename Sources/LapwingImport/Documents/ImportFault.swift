/// The reason why an entry of the input is not used.
package struct ImportFault: Error, Hashable, Sendable, CustomStringConvertible {
    /// The consequence for the rest of the input.
    package enum Weight: String, Sendable {
        /// Nothing of the input can be trusted.
        case fatal
        /// This entry is invalid; the others are used.
        case refused
        /// The entry is valid, but contains nothing that could be watched.
        case leftOut
    }

    /// The place of the fault in the input.
    package var place: ImportPlace
    /// The reason as a sentence, without the position.
    package var reason: String
    /// How much of the input the fault concerns.
    package var weight: Weight
    /// The text of the intended domain, if it is one word; nil if it is not.
    package var entry: String?

    package init(_ place: ImportPlace, _ reason: String, weight: Weight = .refused, entry: String? = nil) {
        self.entry = entry
        self.place = place
        self.reason = reason
        self.weight = weight
    }

    /// `list.txt:3: …`
    package var description: String { "\(place): \(reason)" }
}
