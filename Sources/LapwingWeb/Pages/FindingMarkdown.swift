/// The subset of Markdown that the pages about findings use: headings, paragraphs, lists, steps, tables, code blocks.
package struct FindingMarkdown {
    /// One block of the page.
    package enum Block: Equatable {
        case heading(String)
        case paragraph(String)
        case list([String])
        case steps([String])
        case table(head: [String], rows: [[String]])
        case listing(String)
    }

    /// The blocks in order.
    package private(set) var blocks: [Block] = []
    private var lines: [String] = []

    /// Parses a page without its title and the code below it, which the head of the web page has already.
    package init(_ text: String) {
        var isCode = false
        for line in text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) {
            if line.hasPrefix("```") {
                finish(isCode: isCode)
                isCode.toggle()
            } else if isCode {
                lines.append(line)
            } else if line.hasPrefix("## ") {
                finish()
                blocks.append(.heading(String(line.dropFirst(3))))
            } else if line.isEmpty || line.hasPrefix("# ") || line.hasPrefix("<!--") {
                finish()
            } else if blocks.isEmpty, lines.isEmpty, line.hasPrefix("`"), line.hasSuffix("`"), line.contains(".") {
                continue
            } else {
                lines.append(line)
            }
        }
        finish(isCode: isCode)
    }

    private mutating func finish(isCode: Bool = false) {
        defer { lines = [] }
        guard let first = lines.first else { return }
        if isCode {
            blocks.append(.listing(lines.joined(separator: "\n")))
        } else if first.hasPrefix("- ") {
            blocks.append(.list(items { $0.hasPrefix("- ") ? 2 : nil }))
        } else if first.hasPrefix("1. ") {
            blocks.append(.steps(items(Self.mark)))
        } else if first.hasPrefix("|"), lines.count > 2 {
            let cells = lines.map { line in
                line.split(separator: "|", omittingEmptySubsequences: false).dropFirst().dropLast().map {
                    String($0.trimmingPrefix { $0 == " " }.reversed().trimmingPrefix { $0 == " " }.reversed())
                }
            }
            blocks.append(.table(head: cells[0], rows: Array(cells.dropFirst(2))))
        } else {
            blocks.append(.paragraph(lines.joined(separator: " ")))
        }
    }

    /// Returns the items of a list; a line without a marker continues the previous item.
    private func items(_ mark: (String) -> Int?) -> [String] {
        var items: [String] = []
        for line in lines {
            if let length = mark(line) {
                items.append(String(line.dropFirst(length)))
            } else if let last = items.popLast() {
                items.append(last + " " + line.trimmingPrefix { $0 == " " })
            }
        }
        return items
    }

    /// Returns the length of `12. ` at the beginning of a line.
    private static func mark(_ line: String) -> Int? {
        let digits = line.prefix { $0.isASCII && $0.isNumber }
        return !digits.isEmpty && line.dropFirst(digits.count).hasPrefix(". ") ? digits.count + 2 : nil
    }
}

extension FindingMarkdown.Block {
    var model: ProseBlockModel {
        switch self {
        case .heading(let words): ProseBlockModel(proseHeading: words)
        case .paragraph(let text): ProseBlockModel(paragraph: Self.spans(text))
        case .list(let items): ProseBlockModel(bullets: .init(items: items.map(Self.spans)))
        case .steps(let items): ProseBlockModel(numbered: .init(items: items.map(Self.spans)))
        case .table(let head, let rows):
            ProseBlockModel(grid: .init(head: head, rows: rows.map { .init(cells: $0.map(Self.spans)) }))
        case .listing(let text): ProseBlockModel(listing: text)
        }
    }

    /// Splits a text into code between backquotes and plain text; links are replaced by their text.
    private static func spans(_ text: String) -> ProseBlockModel.Spans {
        let parts = text.replacing(/\[(?<words>[^\]]+)\]\([^)]+\)/) { String($0.output.words) }
            .split(separator: "`", omittingEmptySubsequences: false).map(String.init)
        return ProseBlockModel.Spans(
            spans: parts.enumerated().map { place, part in
                place % 2 == 1 ? ProseBlockModel.Span(mono: part) : ProseBlockModel.Span(plain: part)
            })
    }
}
