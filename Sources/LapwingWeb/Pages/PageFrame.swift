import LapwingCore
import LapwingStore

/// What every page has around its content.
struct PageFrame {
    var base: String
    /// `light`, `dark` or nil to follow the system.
    var theme: String?
    var version: String
    var content: BoardIndex.Content

    private static let pages = [
        ("/", "Board"), ("/domains", "Domains"), ("/incidents", "Incidents"), ("/check", "Check"),
        ("/expiry", "Expiry"), ("/resolvers", "Resolvers"), ("/channels", "Channels"),
        ("/maintenance", "Maintenance"), ("/silences", "Silences"),
    ]

    var now: Timestamp { content.at }

    /// The page as text.
    ///
    /// - Throws: ``Templates/Fault``.
    func render(_ template: String, title: String, path: String, _ values: [String: Any]) throws -> String {
        var values = values
        let failing = content.counts[.failing] ?? 0
        let warned = content.counts[.warning] ?? 0
        values["base"] = base
        values["title"] = title
        values["version"] = version
        if let theme { values["theme"] = theme }
        values["otherTheme"] = theme == "dark" ? "light" : "dark"
        values["sheet"] = StaticFiles.style.name
        values["script"] = StaticFiles.code.name
        values["icon"] =
            (failing > 0 ? StaticFiles.badIcon : warned > 0 ? StaticFiles.warningIcon : StaticFiles.goodIcon).name
        if failing + warned > 0 { values["trouble"] = failing + warned }
        if let trouble = content.sources.store.trouble {
            values["alarm"] =
                "The store cannot be written since \(trouble.since.sentence): \(trouble.reason). Judging and telling go "
                + "on from memory; what is learnt is lost if Lapwing ends before the store can be written again."
        }
        values["updated"] = "as of " + String(now.description.dropFirst(11))
        values["nav"] = Self.pages.map { page, name -> [String: Any] in
            let here = page == "/" ? path == "/" : path.hasPrefix(page)
            return ["path": page, "name": name, "here": here]
        }
        return try Templates.render(template, values)
    }
}
