/// Unannounced events at the registrar, after which each move of the name servers looks like a theft: thieves of a
/// domain usually take over the account first.
package struct ForewarningMemory: Sendable, Hashable, Codable {
    /// Seconds for which an event counts.
    package static let lasts: Int64 = 45 * 86_400

    /// When another registrar was first seen; nil if none was, or if a person accepted it.
    package var registrarAt: Timestamp?
    /// When a lock was first found missing; nil if none was, or if a person accepted it.
    package var lockAt: Timestamp?
    /// When the DS was first found missing; nil again after its return.
    package var dsAt: Timestamp?

    package init() {}

    /// Returns the events before a moment, in words that follow "after".
    package func words(before moment: Timestamp) -> [String] {
        [
            (registrarAt, "the registrar changed"), (lockAt, "a lock was removed at the registry"),
            (dsAt, "the DS was removed"),
        ].compactMap { earlier, what -> String? in
            guard let earlier, earlier < moment, moment.seconds(since: earlier) < Self.lasts else { return nil }
            return "\(what) without a word on \(earlier.sentence)"
        }
    }

    /// Sets the moment of an event; it stays unchanged while the same event is found.
    static func note(_ now: Timestamp, isNew: Bool, in moment: inout Timestamp?) {
        if isNew || moment == nil { moment = now }
    }
}
