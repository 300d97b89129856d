/// The page for a client.
struct ClientModel: TemplateModel {
    static let template = "client"

    struct Domain: Codable, Sendable {
        var domain: String
        var word: String
        var style: String
        var bars: String
        var words: String
        var share: String
    }

    struct Incident: Codable, Sendable {
        var domain: String
        var style: String
        var word: String
        var text: String
        /// In English; set if the page is in another language.
        var detail: String?
        var span: SpanModel
    }

    struct Work: Codable, Sendable {
        var span: SpanModel
        var domain: String
        var text: String
    }

    struct Ending: Codable, Sendable {
        var day: String
        var domain: String
        var what: String
        var left: String
        var style: String
    }

    struct ReportLink: Codable, Sendable {
        var path: String
        var title: String
    }

    /// Labels that do not depend on the data.
    struct Labels: Codable, Sendable {
        var domains: String
        var subtitle: String
        var lastDays: String
        var noDomain: String
        var today: String
        var incidents: String
        var noIncidents: String
        var plannedWork: String
        var noPlannedWork: String
        var endings: String
        var noEndings: String
        var reports: String
        var explanation: String
        var when: String
        var domain: String
        var what: String
        var left: String
    }

    var page: LocalPageModel
    var labels: Labels
    var logo: String?
    var owner: String
    var style: String
    var sign: String
    var state: String
    var detail: String
    var made: TimeModel
    var domains: [Domain]
    var hasDomains: Bool
    var firstDay: String
    var legend: [LegendModel]
    var incidents: [Incident]
    var hasIncidents: Bool
    var moreIncidents: String?
    var works: [Work]
    var hasWorks: Bool
    var endings: [Ending]
    var hasEndings: Bool
    var reports: [ReportLink]
}

/// The properties that all pages for clients share: language and clocks.
struct LocalPageModel: Codable, Sendable {
    /// Another language in which the page is available.
    struct Choice: Codable, Sendable {
        var path: String
        var tag: String
        var name: String
        var isChosen: Bool
    }

    /// The value of `lang`; `direction` is that of `dir`.
    var tag: String
    var direction: String
    /// The address of the style sheet; nil if it is inline.
    var sheet: String?
    /// The address of the script; nil if the page is a file.
    var script: String?
    /// The label of the language switch.
    var language: String
    var choices: [Choice]
    var hasChoices: Bool
    /// The time zone in which times are shown.
    var clocks: String
    /// The same after the script has converted times to the reader's time zone; nil if there are none to convert.
    var ownClocks: String?
}

/// A moment in the notation of the reader's language.
struct TimeModel: Codable, Sendable {
    var iso: String
    var words: String
}

/// A span between two moments, or since one moment.
struct SpanModel: Codable, Sendable {
    /// The word before the first moment if the span has no end.
    var since: String?
    var from: TimeModel
    var to: TimeModel?
    /// The length of the span.
    var length: String?
}

/// The meaning of a colour of days.
struct LegendModel: Codable, Sendable {
    var style: String
    var word: String
}

/// The list of clients, for operators of the monitor.
struct ClientsModel: TemplateModel {
    static let template = "clients"

    struct Row: Codable, Sendable {
        var name: String
        var key: String
        var tagWords: String
        var count: String
        var address: String?
        var hasPassword: Bool
        var months: [ClientModel.ReportLink]
    }

    var rows: [Row]
    var hasRows: Bool
    /// The reports that are sent, with recipients and times.
    var sent: [String]
    var all: [ClientModel.ReportLink]
}
