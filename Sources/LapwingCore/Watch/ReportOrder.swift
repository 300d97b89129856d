/// A report that goes to a channel by itself each time a period is over.
package struct ReportOrder: Sendable, Hashable {
    /// How long its periods are.
    package enum Rhythm: String, Sendable, Hashable, CaseIterable {
        case month, week
    }

    /// The key of the client for whom it is; nil for all domains.
    package var client: String?
    package var every: Rhythm
    /// The name of the channel that takes it.
    package var channel: String
    /// When it is sent, on the first day after its period.
    package var hour: DailyHour
    /// In which language; nil for that of the client, which is English where it has none.
    package var language: Language?

    package init(client: String?, every: Rhythm, channel: String, hour: DailyHour, language: Language? = nil) {
        self.client = client
        self.every = every
        self.channel = channel
        self.hour = hour
        self.language = language
    }

    /// What tells it from others, whenever it is sent.
    package var key: String { "\(client ?? "") \(every.rawValue) \(channel)" }
}
