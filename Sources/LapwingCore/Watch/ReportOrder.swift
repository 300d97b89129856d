/// A report that is sent to a channel automatically at the end of each period.
package struct ReportOrder: Sendable, Hashable {
    /// The length of its periods.
    package enum Rhythm: String, Sendable, Hashable, CaseIterable {
        case month, week
    }

    /// The key of the client; nil for all domains.
    package var client: String?
    /// The length of each period, which is also the interval between two reports.
    package var every: Rhythm
    /// The name of the channel that receives it.
    package var channel: String
    /// The time at which it is sent, on the first day after its period.
    package var hour: DailyHour
    /// The language; nil for that of the client, or English if the client has none.
    package var language: Language?

    package init(client: String?, every: Rhythm, channel: String, hour: DailyHour, language: Language? = nil) {
        self.client = client
        self.every = every
        self.channel = channel
        self.hour = hour
        self.language = language
    }

    /// Identifies the order, whatever its hour.
    package var key: String { "\(client ?? "") \(every.rawValue) \(channel)" }
}
