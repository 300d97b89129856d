/// What each kind of finding means, why it matters and what to do: the pages of `docs/findings`.
struct FindingPages {
    let frame: PageFrame

    /// The list of all kinds, by family.
    func list() -> String {
        let families = Dictionary(grouping: FindingTexts.all.keys) { String($0.prefix { $0 != "." }) }
        let groups = families.sorted { $0.key < $1.key }.map { family, codes -> [String: Any] in
            let pages = codes.sorted().map { code -> [String: Any] in
                ["code": code, "title": Self.title(FindingTexts.all[code] ?? "") ?? code]
            }
            let isShort = ["dnssec", "ttl"].contains(family)
            let word = isShort ? family.uppercased() : family.prefix(1).uppercased() + family.dropFirst()
            return ["family": word, "pages": pages]
        }
        return frame.render("findings", title: "Findings", path: "/findings", ["groups": groups])
    }

    /// One page; nil for a code that nobody has written about.
    func page(_ code: String) -> String? {
        guard let text = FindingTexts.all[code] else { return nil }
        let title = Self.title(text) ?? code
        return frame.render(
            "finding", title: title, path: "/findings", ["title": title, "code": code, "blocks": Self.blocks(text)])
    }

    private static func title(_ text: String) -> String? {
        text.split(separator: "\n").first { $0.hasPrefix("# ") }.map { String($0.dropFirst(2)) }
    }

    /// The few forms of Markdown that the pages use: headings, paragraphs, lists and blocks of code.
    private static func blocks(_ text: String) -> [[String: Any]] {
        var blocks: [[String: Any]] = []
        var lines: [Substring] = []
        var isCode = false
        func finish() {
            guard !lines.isEmpty else { return }
            if isCode {
                blocks.append(["listing": lines.joined(separator: "\n")])
            } else if lines.allSatisfy({ $0.hasPrefix("- ") }) {
                blocks.append(["list": ["items": lines.map { ["spans": spans(String($0.dropFirst(2)))] }]])
            } else {
                blocks.append(["paragraph": ["spans": spans(lines.joined(separator: " "))]])
            }
            lines = []
        }
        // The title and the code stand in the head of the page already.
        for line in text.split(separator: "\n", omittingEmptySubsequences: false)
        where !line.hasPrefix("# ")
            && !(line.hasPrefix("`") && line.hasSuffix("`") && line.contains(".") && blocks.isEmpty)
        {
            if line.hasPrefix("```") {
                finish()
                isCode.toggle()
            } else if isCode {
                lines.append(line)
            } else if line.hasPrefix("## ") {
                finish()
                blocks.append(["heading": String(line.dropFirst(3))])
            } else if line.isEmpty {
                finish()
            } else {
                lines.append(line)
            }
        }
        finish()
        return blocks
    }

    /// Text between backquotes is code.
    private static func spans(_ text: String) -> [[String: Any]] {
        text.split(separator: "`", omittingEmptySubsequences: false).enumerated().map { place, part in
            place % 2 == 1 ? ["mono": String(part)] : ["plain": String(part)]
        }
    }
}
