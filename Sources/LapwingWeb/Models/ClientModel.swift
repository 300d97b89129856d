/// The page that a client sees.
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
        /// In English, where the page is in another language.
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

    /// Texts that stand on it whatever there is to say.
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

/// What all pages for clients have: their language and clocks.
struct LocalPageModel: Codable, Sendable {
    /// Another language that the page is there in.
    struct Choice: Codable, Sendable {
        var path: String
        var tag: String
        var name: String
        var isChosen: Bool
    }

    /// As `lang` and `dir` have them.
    var tag: String
    var direction: String
    /// Where the style sheet is; nil where it is in the file.
    var sheet: String?
    /// Where the script is; nil where the page is a file.
    var script: String?
    /// What the switch is called.
    var language: String
    var choices: [Choice]
    var hasChoices: Bool
    /// By which clocks times are.
    var clocks: String
    /// The same once the script has put them by the reader's own; nil where it has none to put.
    var ownClocks: String?
}

/// A moment, as the reader's language writes it.
struct TimeModel: Codable, Sendable {
    var iso: String
    var words: String
}

/// From one moment to another, or since one.
struct SpanModel: Codable, Sendable {
    /// The word before the first moment where there is no other.
    var since: String?
    var from: TimeModel
    var to: TimeModel?
    /// How long that was.
    var length: String?
}

/// What a colour of days means.
struct LegendModel: Codable, Sendable {
    var style: String
    var word: String
}

/// The clients, for those who run the monitor.
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
    /// Which reports go where, and when.
    var sent: [String]
    var all: [ClientModel.ReportLink]
}
