import DNSWire
import LapwingCore

/// The result of a wait, in the format of `wait --json`.
struct WaitReport: Encodable {
    struct Source: Encodable {
        /// `authority`, `parent` or `resolver`.
        var kind: String
        /// The host name or label; empty for the parent zone.
        var name: String
        var address: String
        /// `there`, `waiting`, `unknown` or `unasked`.
        var status: String
        /// Since when the source is known to have the change.
        var since: String?
        /// The latest moment at which its present value expires.
        var latest: String?
        var data: [String]
        /// The reason why its state is not known.
        var trouble: String?
    }

    struct Forecast: Encodable {
        var said: String
        var latest: String
    }

    var name: String
    var type: String
    var condition: String
    var values: [String]
    var scope: String
    /// `there`, `waiting` or `unknown`.
    var status: String
    var began: String
    var ended: String
    var seconds: Int64
    /// The latest moment at which all will have it, as far as known at the end.
    var latest: String?
    /// Seconds after publication by which all will have it, if no server has it.
    var after_publication: Int64?
    /// The first predicted moment.
    var forecast: Forecast?
    var sources: [Source]

    private let sentence: String
    private let rows: [[String]]

    private enum CodingKeys: CodingKey {
        case name, type, condition, values, scope, status, began, ended, seconds, latest, after_publication, forecast
        case sources
    }

    init(
        _ wait: PropagationWait, at now: Timestamp, addresses: [ResolverSpecification],
        firstForecast: (said: Timestamp, latest: Timestamp)?
    ) {
        let awaited = wait.awaited
        name = "\(awaited.key.name)"
        type = "\(awaited.key.type)"
        condition = awaited.condition.rawValue
        values = awaited.values.map(\.text)
        scope = wait.scope.rawValue
        let isThere = wait.isDone(at: now)
        status = isThere ? "there" : wait.isMissing ? "waiting" : "unknown"
        began = "\(wait.began)"
        ended = "\(now)"
        seconds = now.seconds(since: wait.began)
        switch wait.forecast(at: now) {
        case .latest(let moment): latest = "\(moment)"
        case .afterPublication(let seconds): after_publication = seconds
        case .there, .open: break
        }
        forecast = firstForecast.map { Forecast(said: "\($0.said)", latest: "\($0.latest)") }
        sources = wait.standings.map { Source($0, addresses) }
        rows = wait.standings.map { [$0.title, $0.words(wait, at: now)] }
        let word = isThere ? "there" : wait.isMissing ? "not there" : "not known"
        sentence =
            "\(word) after \(seconds.lengthText): \(awaited.words)"
            + (isThere ? "" : "; \(wait.summary(at: now))")
    }

    /// 0 visible, 1 not visible, 3 no source has it and not all answer.
    var code: Int32 {
        switch status {
        case "there": 0
        case "waiting": 1
        default: 3
        }
    }

    var text: String {
        ([sentence.visible] + TextTable(rows: rows).lines(width: nil, indent: 2)).joined(separator: "\n")
    }

    var nagios: String {
        "\(code == 0 ? "OK" : code == 1 ? "WARNING" : "UNKNOWN") - \(sentence)".visible
    }
}

extension WaitReport.Source {
    init(_ standing: PropagationStanding, _ resolvers: [ResolverSpecification]) {
        switch standing.source {
        case .authority(let host, let place): (kind, name, address) = ("authority", "\(host)", "\(place)")
        case .parent(let place): (kind, name, address) = ("parent", "", "\(place)")
        case .resolver(let label):
            (kind, name) = ("resolver", label)
            address = resolvers.first { $0.label == label }.map { "\($0.server)" } ?? ""
        }
        status = standing.state.rawValue
        since = standing.thereSince.map { "\($0)" }
        latest = standing.latest.map { "\($0)" }
        data = standing.data
        trouble = standing.trouble
    }
}
