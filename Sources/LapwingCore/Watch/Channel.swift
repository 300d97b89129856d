/// A way to reach people.
package struct Channel: Sendable, Hashable {
    /// The kind of receiver, with the data needed to reach it.
    package enum Kind: Sendable, Hashable {
        /// JSON by POST; if there is a secret, the body is signed (HMAC-SHA256).
        case webhook(url: String, secret: [UInt8]?)
        /// An incoming webhook of Slack or of a compatible chat (Mattermost, Rocket.Chat).
        case slack(url: String)
        /// A workflow of Microsoft Teams that posts an adaptive card.
        case teams(url: String)
        /// A webhook of a Discord channel.
        case discord(url: String)
        /// A bot's message to a chat.
        case telegram(api: String, token: String, chat: String)
        /// A message to a Matrix room, as the account of the token.
        case matrix(homeserver: String, room: String, token: String)
        /// A topic of ntfy; the token may be absent if anyone may write.
        case ntfy(server: String, topic: String, token: String?)
        /// An application of a Gotify server.
        case gotify(url: String, token: String)
        /// An application and a user or group of Pushover.
        case pushover(api: String, token: String, user: String)
        /// Events API v2.
        case pagerDuty(url: String, routingKey: String)
        /// Alert API v2 of Opsgenie and compatible services.
        case opsgenie(api: String, key: String)
        /// Alerts of a Prometheus Alertmanager, API v2, sent to each of the addresses.
        case alertmanager(urls: [String])
        /// SMTP; the password may be absent for a relay that requires none.
        case mail(MailRelay)
        /// A program that gets the notice on its standard input.
        case exec(Command)
        /// Syslog (RFC 5424), on this machine or at a collector.
        case syslog(SyslogCollector)
        /// The journal of systemd, with fields.
        case journal
        /// The API server of Apprise, which forwards to its configured services.
        case apprise(url: String, tag: String?)
        /// The process's own log.
        case log
    }

    /// The server that accepts the mail, and its envelope.
    package struct MailRelay: Sendable, Hashable {
        /// `smtp://host:587` or `smtps://host:465`.
        package var url: String
        /// The address of the sender, without a display name.
        package var from: String
        /// The addresses of the recipients; all get the same message.
        package var to: [String]
        /// The user for SMTP authentication; nil for a relay that requires none.
        package var user: String?
        /// The password for ``user``; with credentials, mail is sent over TLS only. Nil for a relay that requires none.
        package var password: String?

        package init(url: String, from: String, to: [String], user: String? = nil, password: String? = nil) {
            self.url = url
            self.from = from
            self.to = to
            self.user = user
            self.password = password
        }
    }

    /// A program that is started once for each notice.
    package struct Command: Sendable, Hashable {
        /// The form of the program's standard input.
        package enum Input: String, Sendable, Hashable, CaseIterable {
            /// The webhook's JSON.
            case json
            /// The message as people read it.
            case text
        }

        /// The program's path, and its arguments; no shell reads them.
        package var line: [String]
        /// Seconds after which it is killed with all processes that it started.
        package var timeout: Int64
        /// The form in which the notice is written to the program.
        package var input: Input

        package init(line: [String], timeout: Int64 = 30, input: Input = .json) {
            self.line = line
            self.timeout = timeout
            self.input = input
        }
    }

    /// The destination of syslog messages (RFC 5424).
    package struct SyslogCollector: Sendable, Hashable {
        /// The transport of messages: RFC 5426 for UDP, RFC 6587 with octet counting for TCP.
        package enum Transport: String, Sendable, Hashable {
            /// A datagram socket of this machine.
            case unix
            case udp, tcp
        }

        /// The transport of messages.
        package var transport: Transport
        /// A path for ``Transport/unix``, otherwise a name or an address.
        package var host: String
        /// The port of ``host``; not used for ``Transport/unix``.
        package var port: Int
        /// 0 to 23 (RFC 5424 §6.2.1).
        package var facility: Int

        package init(transport: Transport = .unix, host: String = "/dev/log", port: Int = 514, facility: Int = 3) {
            self.transport = transport
            self.host = host
            self.port = port
            self.facility = facility
        }
    }

    /// The name used by routes and the page; unique in the configuration.
    package var name: String
    /// The kind of receiver.
    package var kind: Kind

    package init(name: String, kind: Kind) {
        self.name = name
        self.kind = kind
    }
}

extension Channel.Kind {
    /// The word used in the configuration.
    package var word: String {
        switch self {
        case .webhook: "webhook"
        case .slack: "slack"
        case .teams: "teams"
        case .discord: "discord"
        case .telegram: "telegram"
        case .matrix: "matrix"
        case .ntfy: "ntfy"
        case .gotify: "gotify"
        case .pushover: "pushover"
        case .pagerDuty: "pagerduty"
        case .opsgenie: "opsgenie"
        case .alertmanager: "alertmanager"
        case .mail: "mail"
        case .exec: "exec"
        case .syslog: "syslog"
        case .journal: "journal"
        case .apprise: "apprise"
        case .log: "log"
        }
    }

    /// Whether the receiver keeps a list of open incidents, from which an incident must be removed when it closes.
    package var keepsWhatIsOpen: Bool {
        switch self {
        case .webhook, .pagerDuty, .opsgenie, .alertmanager: true
        case .exec(let command): command.input == .json
        default: false
        }
    }

    /// Whether the receiver informs people of its list itself, so that an undone incident is removed at once and
    /// reported as open again if it returns. Other receivers with a list keep incidents that are still watched.
    package var endsWhatIsUndone: Bool {
        switch self {
        case .pagerDuty, .opsgenie, .alertmanager: true
        default: false
        }
    }

    /// Whether the receiver forgets open incidents unless they are sent repeatedly.
    package var wantsRepeats: Bool {
        if case .alertmanager = self { true } else { false }
    }
}
