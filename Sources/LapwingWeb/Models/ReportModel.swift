/// A report, as a file of its own or as a page.
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
        var id: String?
        var opened: String
        var told: String
        var acknowledged: String
        var lasted: String
        var accepted: String?
    }

    struct Change: Codable, Sendable {
        var at: String
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
        var since: String
        var isNew: Bool
    }

    struct Work: Codable, Sendable {
        var from: String
        var to: String
        var domain: String
        var text: String
        var outcome: String
        var style: String
    }

    /// Where the style sheet is; nil where it is in the file.
    var sheet: String?
    var style: String?
    /// Where the picture is, or the picture itself.
    var logo: String?
    var heading: String
    var owner: String
    var span: String
    var made: String
    var remarks: [String]
    var tiles: [Tile]
    var domains: [Domain]
    var hasDomains: Bool
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
    var more: [String]
    var back: String?
}
