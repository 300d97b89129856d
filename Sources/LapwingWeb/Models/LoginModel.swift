/// The page on which somebody logs in.
struct LoginModel: TemplateModel {
    static let template = "login"

    var base: String
    /// Where he goes once he is in, below the base.
    var next: String
    /// The same as a value in a query.
    var nextQuery: String
    /// Whether the page only leads on, as a browser sends no session along with a link from elsewhere.
    var leadsOn: Bool
    /// Whether a name and a password are asked for.
    var hasAccounts: Bool
    /// How the provider is called at which he may log in.
    var provider: String?
    var fault: String?
    /// Names of static files.
    var sheet = StaticFiles.style.name
    var icon = StaticFiles.goodIcon.name
}
