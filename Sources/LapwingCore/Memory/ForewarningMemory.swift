/// What happened at the registrar without a word from the owner, and makes each move of the name servers that follows look
/// like a theft: who takes a domain mostly takes the account first.
package struct ForewarningMemory: Sendable, Hashable, Codable {
    /// Seconds for which it counts.
    package static let lasts: Int64 = 45 * 86_400

    /// When the domain was seen to be at another registrar.
    package var registrarAt: Timestamp?
    /// When a lock was seen to be gone.
    package var lockAt: Timestamp?
    /// When the DS was seen to be gone; nil again when it came back.
    package var dsAt: Timestamp?

    package init() {}

    /// What forewarned of something that began at a moment, in words that follow "after".
    package func words(before moment: Timestamp) -> [String] {
        [
            (registrarAt, "the registrar changed"), (lockAt, "a lock was removed at the registry"),
            (dsAt, "the DS was removed"),
        ].compactMap { earlier, what -> String? in
            guard let earlier, earlier < moment, moment.seconds(since: earlier) < Self.lasts else { return nil }
            return "\(what) without a word on \(earlier.sentence)"
        }
    }

    /// A moment that stays what it is for as long as the same thing is found.
    static func note(_ now: Timestamp, isNew: Bool, in moment: inout Timestamp?) {
        if isNew || moment == nil { moment = now }
    }
}
