import LapwingCore
import LapwingStore

/// What became of the messages of each channel, and a button that tries it out.
struct ChannelPage {
    static let mostEntries = 20

    let frame: PageFrame
    let sources: WebSources
    /// What came of a test that was just made, by the channel's name.
    var tested: (name: String, receipt: Receipt)?

    func render() throws -> String {
        let records = try sources.store.channelRecords(latest: Self.mostEntries)
        let channels = sources.channels?.channels() ?? []
        let values = channels.map { channel -> [String: Any] in
            let record = records[channel.name] ?? ChannelRecord()
            var values: [String: Any] = [
                "name": Shown.text(channel.name, limit: 100), "kind": channel.kind, "path": Escape.path(channel.name),
                "delivered": Shown.count(record.delivered), "refused": Shown.count(record.refused),
                "waiting": Shown.count(record.waiting), "base": frame.base,
                "deliveredStyle": record.delivered > 0 ? "good" : "idle",
                "refusedStyle": record.refused > 0 ? "bad" : "idle",
                "waitingStyle": record.waiting > 0 ? "warn" : "idle",
                "since": record.waitsSince.map { ", the first since \(Shown.ago($0, frame.now))" } ?? "",
                "entries": record.latest.map(entry), "hasEntries": !record.latest.isEmpty,
            ]
            if let tested, tested.name == channel.name { values["tested"] = Self.values(of: tested.receipt) }
            return values
        }
        let table = RouteTable(
            routes: sources.channels?.routes() ?? [],
            kinds: Dictionary(channels.map { ($0.name, $0.kind) }, uniquingKeysWith: { first, _ in first }))
        return try frame.render(
            "channels", title: "Channels", path: "/channels",
            ["channels": values, "hasChannels": !values.isEmpty, "told": table.rows, "routes": table.routeRows])
    }

    private func entry(_ entry: OutboxEntry) -> [String: Any] {
        [
            "at": Shown.time(entry.notice.at, frame.now), "title": Shown.text(entry.notice.title, limit: 200),
            "incident": Shown.text(entry.notice.incident, limit: 300), "path": Escape.path(entry.notice.incident),
            "base": frame.base, "style": entry.outcome.style, "sign": entry.outcome.sign,
            "delivery": entry.delivery(frame.now),
        ]
    }

    private static func values(of receipt: Receipt) -> [String: Any] {
        switch receipt {
        case .delivered(let text): ["style": "good", "sign": "✓", "text": "Delivered: \(Shown.text(text, limit: 300))"]
        case .tryAgain(let reason, _):
            ["style": "warn", "sign": "!", "text": "Not delivered: \(Shown.text(reason, limit: 300))"]
        case .refused(let reason): ["style": "bad", "sign": "✕", "text": "Refused: \(Shown.text(reason, limit: 300))"]
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
    /// What became of it, in words.
    func delivery(_ now: Timestamp) -> String {
        if let finished {
            return "\(receipt.map { Shown.text($0, limit: 200) } ?? "delivered"), \(Shown.ago(finished, now))"
        }
        let reason = receipt.map { ": " + Shown.text($0, limit: 200) } ?? ""
        return attempts == 0 ? "waiting" : "tried \(attempts) \(attempts == 1 ? "time" : "times")\(reason)"
    }
}
