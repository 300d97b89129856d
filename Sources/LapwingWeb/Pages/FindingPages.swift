/// The meaning of each kind of finding, why it matters and what to do: the pages of `docs/findings`.
struct FindingPages {
    let frame: PageFrame

    /// The list of all kinds, by family.
    func list() throws -> String {
        let families = Dictionary(grouping: FindingTexts.all.keys) { String($0.prefix { $0 != "." }) }
        let groups = families.sorted { $0.key < $1.key }.map { family, codes in
            let pages = codes.sorted().map { FindingsModel.Group.Page(code: $0, title: FindingTexts.title(of: $0)) }
            let isShort = ["dnssec", "ttl"].contains(family)
            let word = isShort ? family.uppercased() : family.prefix(1).uppercased() + family.dropFirst()
            return FindingsModel.Group(family: word, pages: pages)
        }
        return try frame.render(FindingsModel(groups: groups), title: "Findings", path: "/findings")
    }

    /// Returns one page; nil if the code is not documented.
    func page(_ code: String) throws -> String? {
        guard let text = FindingTexts.all[code] else { return nil }
        let model = FindingModel(code: code, blocks: FindingMarkdown(text).blocks.map(\.model))
        return try frame.render(model, title: FindingTexts.title(of: code), path: "/findings")
    }

    /// The sections that help a user who has just been notified.
    static func help(_ code: String) -> [ProseBlockModel] {
        guard let text = FindingTexts.all[code] else { return [] }
        let wanted = ["How Lapwing knows", "What it is confused with", "What to do"]
        var isWanted = false
        return FindingMarkdown(text).blocks.filter { block in
            if case .heading(let words) = block { isWanted = wanted.contains(words) }
            return isWanted
        }.map(\.model)
    }
}
