package import LapwingCore
package import Logging

/// Delivers one notice over one channel. Never throws: whatever happens is a receipt.
package struct Courier: Sendable {
    let sender: HTTPSender
    let log: Logger
    /// Where the web page is reached, for links in messages.
    let base: String?

    package init(sender: HTTPSender, log: Logger, base: String?) {
        self.sender = sender
        self.log = log
        self.base = base.map { $0.hasSuffix("/") ? String($0.dropLast()) : $0 }
    }

    package func deliver(_ notice: Notice, over channel: Channel, at now: Timestamp) async -> Receipt {
        do {
            switch channel.kind {
            case .webhook(let url, let secret):
                return await sender.send(try Webhook.request(notice, url: url, secret: secret, base: base, at: now))
            case .slack(let url):
                return await sender.send(try Chat.slack(notice, url: url, base: base))
            case .telegram(let api, let token, let chat):
                return await sender.send(try Chat.telegram(notice, api: api, token: token, chat: chat))
            case .pagerDuty(let url, let key):
                return await sender.send(try Pager.pagerDuty(notice, url: url, key: key, base: base))
            case .alertmanager(let urls):
                return await deliver(notice, toAll: urls)
            case .mail(let relay):
                return await Mail.send(notice, over: relay, base: base)
            case .log:
                log.warning("notice", metadata: ["incident": "\(notice.incident)", "text": "\(notice.text)"])
                return .delivered("log")
            }
        } catch {
            return .refused("cannot write the message: \(error)")
        }
    }

    /// Every Alertmanager of a cluster gets the alert; one that took it is enough.
    private func deliver(_ notice: Notice, toAll urls: [String]) async -> Receipt {
        var last = Receipt.refused("no address")
        var taken: Receipt?
        for url in urls {
            guard let request = try? Pager.alertmanager(notice, url: url, base: base) else { continue }
            last = await sender.send(request)
            if case .delivered = last { taken = last }
        }
        return taken ?? last
    }
}
