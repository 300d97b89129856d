/// A mapping of `lapwing.yml` with fixed keys. `docs/configuration.md` has a table for each.
///
/// Readers cannot ask for other keys, so that none is missing where all of them are listed.
package enum KnownMapping: String, CaseIterable, Sendable {
    case file = ""
    case registries = "registration"
    case budgets = "budgets"
    case history = "history"
    case probe = "probe"
    case metrics = "metrics"
    case web = "web"
    case provider = "web.oidc"
    case providerGroup = "web.oidc.groups.NAME"
    case forwarded = "web.proxy"
    case forwardedGroup = "web.proxy.groups.NAME"
    case resolver = "resolvers.NAME"
    case defaults = "defaults"
    case ttl = "defaults.ttl"
    case transfer = "defaults.transfer"
    case key = "keys.NAME"
    case notify = "notify"
    case confirm = "confirm"
    case registration = "defaults.registration"
    case domain = "domains[]"
    case expectation = "domains[].expect.SET"
    case expectedTTL = "domains[].expect.SET.ttl"
    case expectedCount = "domains[].expect.SET.count"
    case health = "health.NAME"
    case healthMembers = "health.NAME.of"
    case client = "clients.NAME"
    case report = "reports[]"
    case maintenance = "maintenance[]"
    case channel = "channels.NAME"
    case webhook = "channels.NAME.webhook"
    case slack = "channels.NAME.slack"
    case teams = "channels.NAME.teams"
    case discord = "channels.NAME.discord"
    case telegram = "channels.NAME.telegram"
    case matrix = "channels.NAME.matrix"
    case ntfy = "channels.NAME.ntfy"
    case gotify = "channels.NAME.gotify"
    case pushover = "channels.NAME.pushover"
    case pagerDuty = "channels.NAME.pagerduty"
    case opsgenie = "channels.NAME.opsgenie"
    case alertmanager = "channels.NAME.alertmanager"
    case mail = "channels.NAME.mail"
    case exec = "channels.NAME.exec"
    case syslog = "channels.NAME.syslog"
    case apprise = "channels.NAME.apprise"
    case heartbeat = "heartbeat"
    case workers = "workers"
    case log = "log"
    case proxy = "proxy"
    case sandbox = "sandbox"
    case route = "routes[]"
    case hours = "routes[].hours"
    case quiet = "routes[].quiet"
    case digest = "routes[].digest"
    case escalation = "routes[].escalate[]"

    /// Its place in the file; empty for the file itself.
    package var place: String { rawValue }

    /// The known keys; any other key is a fault.
    package var keys: [String] {
        switch self {
        case .file:
            [
                "listen", "store", "history", "interval", "second_look", "blackbox", "probe", "root_hints",
                "trust_anchor", "unasked",
                "registration", "resolvers", "defaults", "domains", "channels", "routes", "maintenance", "web",
                "metrics", "heartbeat", "log", "auto_reload", "proxy", "severities", "confirm",
                "health", "sandbox", "keys", "notify", "clients", "reports", "budgets", "workers",
            ]
        case .registries: ["rdap_bootstrap", "whois_servers", "budgets"]
        case .budgets: ["all", "resolver", "server", "addresses"]
        case .history: ["keep"]
        case .workers: ["name", "vantage"]
        case .probe: ["max_timeout", "max_in_flight"]
        case .metrics: ["max_domain_series"]
        case .web: ["external_url", "config_file", "hosts", "insecure", "tokens", "oidc", "proxy"]
        case .provider:
            [
                "issuer", "client_id", "client_secret", "client_secret_file", "groups", "groups_claim", "name_claim",
                "scopes", "label", "session", "private_network",
            ]
        case .forwarded: ["trusted", "user_header", "groups_header", "groups"]
        case .providerGroup, .forwardedGroup: ["role", "tags"]
        case .resolver: ["address", "region"]
        case .defaults:
            [
                "interval", "names", "records", "ttl", "confirm", "dnssec", "registration", "auto_renew", "controls",
                "tags",
                "severities", "transfer", "open_transfer", "declared",
            ]
        case .ttl: ["low"]
        case .transfer: ["from", "key", "max_records"]
        case .key: ["algorithm", "secret", "secret_file"]
        case .notify: ["listen", "allow", "key"]
        case .confirm: ["authority-outage"]
        case .registration: ["notice", "warning", "critical"]
        case .domain: ["name", "file", "suffix", "sensitive", "expect", "expires"] + Self.defaults.keys
        case .expectation: ["exactly", "any_of", "within", "matching", "absent", "ttl", "count"]
        case .expectedTTL, .expectedCount: ["min", "max"]
        case .health: ["needs", "of", "fails_at", "severity", "tags"]
        case .healthMembers: ["tag"]
        case .client:
            ["tags", "name", "logo", "colour", "domains_public", "details", "link", "password", "language", "zone"]
        case .report: ["client", "every", "to", "at", "zone", "language"]
        case .maintenance: ["domains", "from", "to", "reason", "covers", "repeat", "zone"]
        case .channel:
            [
                "webhook", "slack", "teams", "discord", "telegram", "matrix", "ntfy", "gotify", "pushover", "pagerduty",
                "opsgenie", "alertmanager", "mail", "exec", "syslog", "journal", "apprise", "log",
            ]
        case .webhook: ["url", "secret", "secret_file"]
        case .slack, .teams, .discord: ["url", "url_file"]
        case .telegram: ["token", "token_file", "chat", "api"]
        case .matrix: ["homeserver", "room", "token", "token_file"]
        case .ntfy, .gotify: ["url", "token", "token_file"]
        case .pushover: ["token", "token_file", "user", "user_file", "api"]
        case .pagerDuty: ["routing_key", "routing_key_file", "url"]
        case .opsgenie: ["api_key", "api_key_file", "api"]
        case .alertmanager: ["urls"]
        case .mail: ["url", "from", "to", "user", "password", "password_file"]
        case .exec: ["command", "timeout", "input"]
        case .syslog: ["address", "facility"]
        case .apprise: ["url", "tag"]
        case .heartbeat: ["url", "every"]
        case .log: ["level", "format"]
        case .proxy: ["url", "user", "password", "password_file", "except"]
        case .sandbox: ["writable"]
        case .route:
            [
                "to", "severity", "changes", "types", "tags", "domains", "classes", "codes", "hours", "quiet", "digest",
                "remind", "escalate", "fallback", "continue",
            ]
        case .hours, .quiet: ["from", "to", "days", "zone"]
        case .digest: ["at", "zone", "quiet_days"]
        case .escalation: ["after", "to"]
        }
    }
}
