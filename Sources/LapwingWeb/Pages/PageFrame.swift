import LapwingCore
import LapwingStore

/// The parts of a page around its content.
struct PageFrame {
    var base: String
    /// `light`, `dark` or nil to follow the system.
    var theme: String?
    var version: String
    var content: BoardIndex.Content
    var templates: Templates
    /// The name of the logged-in user.
    var account: String?
    /// The rights of the user.
    var rights = Rights.all

    private static let pages = [
        ("/", "Board"), ("/domains", "Domains"), ("/incidents", "Incidents"),
        ("/check", "Check"), ("/expiry", "Expiry"),
    ]
    /// The entries that are needed less often.
    private static let others = [
        ("/resolvers", "Resolvers"), ("/channels", "Channels"),
        ("/maintenance", "Maintenance"), ("/silences", "Silences"), ("/journal", "Journal"),
    ]

    var now: Timestamp { content.at }

    /// Renders the page.
    ///
    /// - Parameter path: the page's own path, or that of the page to which it belongs.
    func render(_ model: some TemplateModel, title: String, path: String) throws(Templates.Fault) -> String {
        try templates.render(model, in: self.model(title: title, path: path))
    }

    private func entries(of pages: [(String, String)], path: String) -> [FrameModel.Entry] {
        pages.filter { isOffered($0.0) }.map { page, name in
            FrameModel.Entry(path: page, name: name, here: page == "/" ? path == "/" : path.hasPrefix(page))
        }
    }

    private func isOffered(_ page: String) -> Bool {
        switch page {
        case "/check": rights.role >= .act
        case "/channels": rights.tags == nil
        default: true
        }
    }

    private func model(title: String, path: String) -> FrameModel {
        let failing = content.counts[.failing] ?? 0
        let warned = content.counts[.warning] ?? 0
        let icon = failing > 0 ? StaticFiles.badIcon : warned > 0 ? StaticFiles.warningIcon : StaticFiles.goodIcon
        return FrameModel(
            base: base, title: title, version: version, theme: theme, otherTheme: theme == "dark" ? "light" : "dark",
            sheet: StaticFiles.style.name, script: StaticFiles.code.name, icon: icon.name,
            trouble: failing + warned > 0 ? failing + warned : nil,
            alarm: content.sources.store.trouble.map {
                "The store cannot be written since \($0.since.sentence): \($0.reason). \($0.consequence)"
                    + ($0.isOfWorker
                        ? "" : " What is learnt is lost if Lapwing ends before the store can be written again.")
            },
            updated: "as of " + String(now.description.dropFirst(11)),
            account: account.map { Shown.text($0, limit: 64) }, role: rights.role.rawValue,
            nav: entries(of: Self.pages, path: path), navMore: entries(of: Self.others, path: path))
    }
}
