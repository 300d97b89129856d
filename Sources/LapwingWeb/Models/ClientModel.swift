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
        var span: String
    }

    struct Work: Codable, Sendable {
        var span: String
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

    var sheet: String
    var logo: String?
    var owner: String
    var style: String
    var sign: String
    var state: String
    var detail: String
    var made: String
    var domains: [Domain]
    var hasDomains: Bool
    var firstDay: String
    var incidents: [Incident]
    var hasIncidents: Bool
    var moreIncidents: String?
    var works: [Work]
    var hasWorks: Bool
    var endings: [Ending]
    var hasEndings: Bool
    var reports: [ReportLink]
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
