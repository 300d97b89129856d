/// The page on which somebody logs in.
struct LoginModel: TemplateModel {
    static let template = "login"

    var base: String
    /// Where he goes once he is in, below the base.
    var next: String
    /// Whether the page only leads on, as a browser sends no session along with a link from elsewhere.
    var leadsOn: Bool
    var fault: String?
    /// Names of static files.
    var sheet = StaticFiles.style.name
    var icon = StaticFiles.goodIcon.name
}
