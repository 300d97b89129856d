/// The log-in page.
struct LoginModel: TemplateModel {
    static let template = "login"

    var base: String
    /// The page to show after the log-in, below the base path.
    var next: String
    /// The same, escaped for a query.
    var nextQuery: String
    /// Whether the page only redirects, since a browser sends no session along with a link from another site.
    var leadsOn: Bool
    /// Whether a name and a password are asked for.
    var hasAccounts: Bool
    /// The name of the provider at which users may log in.
    var provider: String?
    var fault: String?
    /// Names of static files.
    var sheet = StaticFiles.style.name
    var icon = StaticFiles.goodIcon.name
}
