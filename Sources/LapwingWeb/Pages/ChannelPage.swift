import LapwingCore
import LapwingStore

/// The state of the notices of each channel, with a button that sends a test.
struct ChannelPage {
    static let mostEntries = 20

    let frame: PageFrame
    let sources: WebSources
    /// The result of a test that was just made, with the name of the channel.
    var tested: (name: String, receipt: Receipt)?

    func render() throws -> String {
        let records = try sources.store.channelRecords(latest: Self.mostEntries)
        let channels = sources.channels?.channels() ?? []
        let models = channels.map { channel in
            let record = records[channel.name] ?? ChannelRecord()
            let receipt = tested.flatMap { $0.name == channel.name ? $0.receipt : nil }
            return ChannelsModel.Channel(
                name: Shown.text(channel.name, limit: 100), kind: channel.kind, path: Escape.path(channel.name),
                delivered: Shown.count(record.delivered), deliveredStyle: record.delivered > 0 ? "good" : "idle",
                refused: Shown.count(record.refused), refusedStyle: record.refused > 0 ? "bad" : "idle",
                waiting: Shown.count(record.waiting), waitingStyle: record.waiting > 0 ? "warn" : "idle",
                since: record.waitsSince.map { ", the first since \(Shown.ago($0, frame.now))" } ?? "",
                tested: receipt.map(Self.verdict), entries: record.latest.map(entry),
                hasEntries: !record.latest.isEmpty)
        }
        let table = RouteTable(
            routes: sources.channels?.routes() ?? [],
            kinds: Dictionary(channels.map { ($0.name, $0.kind) }, uniquingKeysWith: { first, _ in first }))
        let model = ChannelsModel(
            channels: models, hasChannels: !models.isEmpty, told: table.rows, routes: table.routeRows)
        return try frame.render(model, title: "Channels", path: "/channels")
    }

    private func entry(_ entry: OutboxEntry) -> ChannelsModel.Entry {
        ChannelsModel.Entry(
            at: Shown.time(entry.notice.at, frame.now), title: Shown.text(entry.notice.title, limit: 200),
            incident: Shown.text(entry.notice.incident, limit: 300), path: Escape.path(entry.notice.incident),
            style: entry.outcome.style, sign: entry.outcome.sign, delivery: entry.delivery(frame.now))
    }

    private static func verdict(_ receipt: Receipt) -> VerdictModel {
        switch receipt {
        case .delivered(let text):
            VerdictModel(style: "good", sign: "✓", text: "Delivered: \(Shown.text(text, limit: 300))")
        case .tryAgain(let reason, _):
            VerdictModel(style: "warn", sign: "!", text: "Not delivered: \(Shown.text(reason, limit: 300))")
        case .refused(let reason):
            VerdictModel(style: "bad", sign: "✕", text: "Refused: \(Shown.text(reason, limit: 300))")
        case .divided(let division):
            VerdictModel(
                style: division.refused.isEmpty ? "warn" : "bad", sign: "!",
                text: "Not delivered to all: \(Shown.text(division.reasons, limit: 300))")
        }
    }
}

extension OutboxEntry.Outcome {
    var style: String {
        switch self {
        case .delivered: "good"
        case .refused: "bad"
        case .waiting: "warn"
        }
    }

    var sign: String {
        switch self {
        case .delivered: "✓"
        case .refused: "✕"
        case .waiting: "…"
        }
    }
}

extension OutboxEntry {
    /// The delivery state in words.
    func delivery(_ now: Timestamp) -> String {
        if let finished {
            return "\(receipt.map { Shown.text($0, limit: 200) } ?? "delivered"), \(Shown.ago(finished, now))"
        }
        let reason = receipt.map { ": " + Shown.text($0, limit: 200) } ?? ""
        return attempts == 0 ? "waiting" : "tried \(attempts) \(attempts == 1 ? "time" : "times")\(reason)"
    }
}
