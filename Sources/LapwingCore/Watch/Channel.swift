/// A way to reach people.
package struct Channel: Sendable, Hashable {
    package enum Kind: Sendable, Hashable {
        /// JSON by POST; with a secret the body is signed (HMAC-SHA256).
        case webhook(url: String, secret: [UInt8]?)
        /// An incoming webhook of Slack or of a chat that understands its form (Mattermost, Rocket.Chat).
        case slack(url: String)
        /// A bot's message to a chat.
        case telegram(api: String, token: String, chat: String)
        /// Events API v2.
        case pagerDuty(url: String, routingKey: String)
        /// Alerts of a Prometheus Alertmanager, API v2, sent to each of the addresses.
        case alertmanager(urls: [String])
        /// SMTP; the password may be absent for a relay that wants none.
        case mail(MailRelay)
        /// The process's own log.
        case log
    }

    package struct MailRelay: Sendable, Hashable {
        /// `smtp://host:587` or `smtps://host:465`.
        package var url: String
        package var from: String
        package var to: [String]
        package var user: String?
        package var password: String?

        package init(url: String, from: String, to: [String], user: String? = nil, password: String? = nil) {
            self.url = url
            self.from = from
            self.to = to
            self.user = user
            self.password = password
        }
    }

    package var name: String
    package var kind: Kind

    package init(name: String, kind: Kind) {
        self.name = name
        self.kind = kind
    }
}
