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
}
