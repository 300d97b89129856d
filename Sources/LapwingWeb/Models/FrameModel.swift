/// What every page has around its content.
struct FrameModel: TemplateModel {
    static let template = "layout"

    struct Entry: Codable, Sendable {
        var path: String
        var name: String
        var here: Bool
    }

    /// The path below which everything lies, without a slash at its end.
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
    /// How many domains are not well.
    var trouble: Int?
    /// What is wrong with Lapwing itself.
    var alarm: String?
    var updated: String
    /// Who has logged in; nil where nobody has, or needs to.
    var account: String?
    /// `look`, `act` or `run`: the style leaves out what somebody may not do.
    var role: String
    var nav: [Entry]
    /// Those that stand behind a switch where a window is too narrow for all.
    var navMore: [Entry]
}
