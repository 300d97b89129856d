package import LapwingCore
package import Logging

/// Delivers one notice over one channel. Never throws: the receipt contains every failure.
package struct Courier: Sendable {
    let sender: HTTPSender
    let log: Logger
    /// The address of the web page, for links in messages.
    let base: String?
    /// The name of this machine in syslog.
    let host: String
    /// The attachments of mails.
    let attachments: MailAttachments?

    package init(
        sender: HTTPSender, log: Logger, base: String?, host: String = "-", attachments: MailAttachments? = nil
    ) {
        self.sender = sender
        self.log = log
        self.base = base.map { $0.hasSuffix("/") ? String($0.dropLast()) : $0 }
        self.host = host
        self.attachments = attachments
    }

    /// Makes one attempt, which is limited by the channel's time-out: 15 s for an HTTP request, 60 s for mail, the
    /// configured time for a program.
    package func deliver(_ notice: Notice, over channel: Channel, at now: Timestamp) async -> Receipt {
        let message = NoticeMessage(notice, base: base)
        do {
            switch channel.kind {
            case .alertmanager(let urls): return try await deliver(message, toAll: urls, at: now)
            case .mail(let relay): return await Mail.send(message, over: relay, with: attachments)
            case .exec(let command): return try await Exec.run(command, message)
            case .syslog(let collector): return await Syslog.send(message, to: collector, host: host, at: now)
            case .journal: return await Syslog.sendToJournal(message)
            case .log:
                log.warning("notice", metadata: ["incident": "\(notice.incident)", "text": "\(message.text.text)"])
                return .delivered("log")
            default:
                var receipt = Receipt.refused("nothing to send")
                for request in try Self.requests(message, channel.kind, at: now) {
                    receipt = await sender.send(request)
                    guard case .delivered = receipt else { return receipt }
                }
                return receipt
            }
        } catch {
            return .refused("cannot write the message: \(error)")
        }
    }

    /// Sends a test and returns its receipt; a channel that keeps a list of open incidents also gets the end of the
    /// test.
    package func test(_ channel: Channel, number: String, at now: Timestamp) async -> Receipt {
        let test = Notice.test(of: channel.name, number: number, at: now)
        let receipt = await deliver(test.open, over: channel, at: now)
        guard channel.kind.keepsWhatIsOpen, case .delivered = receipt else { return receipt }
        return await deliver(test.close, over: channel, at: now)
    }

    /// Returns the HTTP requests for a service, to be sent in sequence.
    ///
    /// - Throws: an error of the encoding as JSON.
    package static func requests(_ message: NoticeMessage, _ kind: Channel.Kind, at now: Timestamp) throws
        -> [OutgoingRequest]
    {
        switch kind {
        case .webhook(let url, let secret): [try Webhook.request(message, url: url, secret: secret, at: now)]
        case .slack(let url): [try Slack.request(message, url: url)]
        case .teams(let url): [try Teams.request(message, url: url)]
        case .discord(let url): [try Discord.request(message, url: url)]
        case .telegram(let api, let token, let chat):
            [try Telegram.request(message, api: api, token: token, chat: chat)]
        case .matrix(let homeserver, let room, let token):
            [try Matrix.request(message, homeserver: homeserver, room: room, token: token)]
        case .ntfy(let server, let topic, let token):
            [try Ntfy.request(message, server: server, topic: topic, token: token)]
        case .gotify(let url, let token): [try Gotify.request(message, url: url, token: token)]
        case .pushover(let api, let token, let user):
            [try Pushover.request(message, api: api, token: token, user: user)]
        case .pagerDuty(let url, let key): [try PagerDuty.request(message, url: url, key: key)]
        case .opsgenie(let api, let key): try Opsgenie.requests(message, api: api, key: key)
        case .alertmanager(let urls): try urls.map { try Alertmanager.request(message, url: $0, at: now) }
        case .apprise(let url, let tag): [try Apprise.request(message, url: url, tag: tag)]
        case .mail, .exec, .syslog, .journal, .log: []
        }
    }

    /// Every Alertmanager of a cluster gets the alert. One that accepts it is enough, since it is sent again and again.
    private func deliver(_ message: NoticeMessage, toAll urls: [String], at now: Timestamp) async throws -> Receipt {
        let requests = try urls.map { try Alertmanager.request(message, url: $0, at: now) }
        return await withTaskGroup(of: Receipt.self) { group in
            for request in requests { group.addTask { await sender.send(request) } }
            var result = Receipt.refused("no address")
            for await receipt in group where !result.isDelivered { result = receipt }
            return result
        }
    }
}
