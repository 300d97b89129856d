import Foundation
import LapwingWeb
import Testing

@Suite("Pages about findings")
struct FindingTextTests {
    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("../../docs/findings").standardized

    @Test("are those of the folder, each with a title and its code")
    func pages() throws {
        let files = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path)
            .filter { $0.hasSuffix(".md") }
        #expect(Set(files) == Set(FindingTexts.all.keys.map { $0 + ".md" }))
        for (code, text) in FindingTexts.all {
            let file = try String(contentsOf: Self.folder.appendingPathComponent(code + ".md"), encoding: .utf8)
            #expect(text == file, "\(code) is not as in the folder")
            #expect(text.hasPrefix("# ") && text.contains("`\(code)`"), "\(code) has no title or no code")
        }
    }

    @Test("have a table of severities, look-alikes and steps", arguments: FindingTexts.all.keys.sorted())
    func parts(_ code: String) throws {
        let blocks = FindingMarkdown(try #require(FindingTexts.all[code])).blocks
        #expect(
            blocks.contains {
                if case .table(let head, let rows) = $0 { head.first == "severity" && !rows.isEmpty } else { false }
            })
        #expect(blocks.contains { if case .list(let items) = $0 { items.count > 1 } else { false } })
        #expect(blocks.contains { if case .steps(let items) = $0 { items.count > 1 } else { false } })
        #expect(!blocks.contains { if case .paragraph(let text) = $0 { text.hasPrefix("|") } else { false } })
    }

    @Test("hold the forms of Markdown that they use apart")
    func forms() {
        let text = """
            # Title

            `some.code`

            One
            two.

            ## Steps

            1. First
               goes on.
            2. Second

            - a
            - b
              c

            | x | y |
            |---|---|
            | 1 | `2` |

            ```
            dig example.com

            - no list
            ```
            """
        #expect(
            FindingMarkdown(text).blocks == [
                .paragraph("One two."), .heading("Steps"), .steps(["First goes on.", "Second"]), .list(["a", "b c"]),
                .table(head: ["x", "y"], rows: [["1", "`2`"]]), .listing("dig example.com\n\n- no list"),
            ])
    }
}
