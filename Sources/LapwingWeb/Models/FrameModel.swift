/// The parts of a page around its content.
struct FrameModel: TemplateModel {
    static let template = "layout"

    struct Entry: Codable, Sendable {
        var path: String
        var name: String
        var here: Bool
    }

    /// The base path of all pages, without a trailing slash.
    var base: String
    var title: String
    var version: String
    /// `light`, `dark` or nil to follow the system.
    var theme: String?
    var otherTheme: String
    /// Names of static files.
    var sheet: String
    var script: String
    var icon: String
    /// The number of domains that are failing or have warnings.
    var trouble: Int?
    /// A problem of Lapwing itself.
    var alarm: String?
    var updated: String
    /// The name of the logged-in user; nil without a log-in.
    var account: String?
    /// `look`, `act` or `run`: the style sheet hides controls that the user may not use.
    var role: String
    var nav: [Entry]
    /// Entries that are behind a switch if the window is too narrow for all.
    var navMore: [Entry]
}
