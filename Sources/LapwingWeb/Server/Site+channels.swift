import Hummingbird
import LapwingCore
import LapwingStore

extension Site {
    /// The page of channels, and the same data in the API.
    static let channelRoutes: [Route] = [
        Route(.get, "/channels", .linked, isOfAll: true) { site, request in
            WebAnswer.html(try ChannelPage(frame: site.frame(request), sources: site.sources).render())
        },
        Route(.post, "/channels/:name/test", isOfAll: true) { site, request in
            let (name, receipt) = try await site.test(request)
            var page = ChannelPage(frame: site.frame(request), sources: site.sources)
            page.tested = (name, receipt)
            return WebAnswer.html(try page.render())
        },
        Route(.get, "/api/v1/channels", isOfAll: true) { site, _ in
            let records = try site.sources.store.channelRecords(latest: 5)
            let channels = (site.sources.channels?.channels() ?? []).map { channel in
                JSONText.channel(channel, records[channel.name] ?? ChannelRecord())
            }
            return WebAnswer.json(JSONText.object([("channels", .list(channels))]).description)
        },
        Route(.post, "/api/v1/channels/:name/test", isOfAll: true) { site, request in
            let (_, receipt) = try await site.test(request)
            let (result, text) =
                switch receipt {
                case .delivered(let text): ("delivered", text)
                case .tryAgain(let reason, _): ("waiting", reason)
                case .refused(let reason): ("refused", reason)
                case .divided(let division): (division.refused.isEmpty ? "waiting" : "refused", division.reasons)
                }
            return WebAnswer.json(
                JSONText.object([("result", .text(result)), ("receipt", .text(text))]).description)
        },
    ]

    private func test(_ request: WebRequest) async throws -> (name: String, receipt: Receipt) {
        guard let name = request.part("name"), let desk = sources.channels, let receipt = await desk.test(name)
        else { throw Failure.missing("channel") }
        note(.test, request, text: name)
        return (name, receipt)
    }
}

extension JSONText {
    fileprivate static func channel(_ channel: ChannelDesk.Line, _ record: ChannelRecord) -> JSONText {
        let latest = record.latest.map { entry in
            JSONText.object([
                ("id", .text(entry.notice.id)), ("incident", .text(entry.notice.incident)),
                ("at", .text("\(entry.notice.at)")), ("title", .text(entry.notice.title)),
                ("result", .text(entry.outcome.rawValue)), ("receipt", .optional(entry.receipt)),
                ("tries", .number(entry.attempts)),
            ])
        }
        return .object([
            ("name", .text(channel.name)), ("kind", .text(channel.kind)), ("delivered", .number(record.delivered)),
            ("refused", .number(record.refused)), ("waiting", .number(record.waiting)),
            ("waiting_since", .optional(record.waitsSince)), ("latest", .list(latest)),
        ])
    }
}
