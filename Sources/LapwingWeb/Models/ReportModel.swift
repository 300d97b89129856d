/// A report, as a self-contained file or as a page.
struct ReportModel: TemplateModel {
    static let template = "report"

    struct Tile: Codable, Sendable {
        var label: String
        var value: String
        var note: String
        var style: String
    }

    struct Domain: Codable, Sendable {
        var domain: String
        var resolution: String
        var service: String
        var style: String
        var seen: String
        var servers: String
        var resolvers: String
        var incidents: String
        var changes: String
        var bars: String
    }

    struct Incident: Codable, Sendable {
        var style: String
        var word: String
        var domain: String
        var text: String
        /// In English; set if the report is in another language.
        var detail: String?
        var id: String?
        var span: SpanModel
        var told: String
        var acknowledged: String
        var lasted: String
        var accepted: String?
    }

    struct Change: Codable, Sendable {
        var at: TimeModel
        var domain: String
        var what: String
        var old: String
        var new: String
        var hasValues: Bool
        var accepted: String
    }

    struct Ending: Codable, Sendable {
        var at: String
        var domain: String
        var what: String
        var left: String
        var style: String
    }

    struct Weakness: Codable, Sendable {
        var domain: String
        var text: String
        var detail: String?
        var since: String
        var isNew: Bool
    }

    struct Work: Codable, Sendable {
        var span: SpanModel
        var domain: String
        var text: String
        var outcome: String
        var style: String
    }

    /// A term of the report with its definition.
    struct Explanation: Codable, Sendable {
        var term: String
        var text: String
    }

    /// Labels that do not depend on the data.
    struct Labels: Codable, Sendable {
        var back: String
        var made: String
        var availability: String
        var noDomain: String
        var served: String
        var seenOn: String
        var serversTook: String
        var resolversTook: String
        var incidents: String
        var noIncidents: String
        var toldAfter: String
        var acknowledgedAfter: String
        var overAfter: String
        var changes: String
        var noChanges: String
        var when: String
        var what: String
        var fromTo: String
        var accepted: String
        var changed: String
        var announced: String
        var noneAnnounced: String
        var domain: String
        var came: String
        var endings: String
        var noEndings: String
        var left: String
        var weaknesses: String
        var since: String
        var new: String
        var reckoning: String
    }

    var page: LocalPageModel
    var labels: Labels
    /// The style sheet, if it is inline.
    var style: String?
    /// The address of the logo, or the logo itself as a data URL.
    var logo: String?
    var heading: String
    var owner: String
    var span: String
    var made: TimeModel
    var remarks: [String]
    var tiles: [Tile]
    var domains: [Domain]
    var hasDomains: Bool
    var legend: [LegendModel]
    var incidents: [Incident]
    var hasIncidents: Bool
    var changes: [Change]
    var hasChanges: Bool
    var endings: [Ending]
    var hasEndings: Bool
    var posture: String
    var trend: String
    var weaknesses: [Weakness]
    var hasWeaknesses: Bool
    var works: [Work]
    var hasWorks: Bool
    var explanations: [Explanation]
    var more: [String]
    var back: String?
}
