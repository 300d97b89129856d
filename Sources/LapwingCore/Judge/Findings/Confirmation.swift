/// What is required before a finding is believed.
package struct Confirmation: Sendable, Hashable, Codable {
    /// Rounds of any kind in which it must have been seen.
    package var looks: Int
    /// Regular rounds among them.
    package var polls: Int
    /// Regular rounds without it after which counting starts again.
    package var patience: Int
    /// Seconds after the first sight at which it must still be seen; nil for no such condition.
    package var seconds: Int64?

    package init(looks: Int, polls: Int, patience: Int = 1, seconds: Int64? = nil) {
        self.looks = looks
        self.polls = polls
        self.patience = patience
        self.seconds = seconds
    }

    /// Believed when first seen.
    package static let now = Confirmation(looks: 1, polls: 0)
    /// Never believed: what one look shows and only rules that use the memory can judge.
    package static let never = Confirmation(looks: .max, polls: .max)
    /// First-hand facts: a second look confirms them.
    package static let twoLooks = Confirmation(looks: 2, polls: 1)
    /// Returns a confirmation by this number of regular rounds.
    package static func polls(_ count: Int) -> Confirmation { Confirmation(looks: count, polls: count) }
}
