import Foundation
import LapwingCore
import Testing

@Suite struct FindingCodeTests {
    private static let pages = URL(filePath: #filePath).appending(path: "../../../../docs/findings").standardized

    @Test func everyCodeHasAPageAndEveryPageACode() throws {
        let files = try FileManager.default.contentsOfDirectory(atPath: Self.pages.path).filter { $0.hasSuffix(".md") }
        #expect(Set(files.map { String($0.dropLast(3)) }) == Set(FindingCode.all.map(\.rawValue)))
        #expect(Set(FindingCode.all).count == FindingCode.all.count)
    }

    @Test(arguments: FindingCode.all) func pagesSayWhatToDo(_ code: FindingCode) throws {
        let text = try String(contentsOf: Self.pages.appending(path: "\(code).md"), encoding: .utf8)
        for part in ["`\(code)`", "## Why it matters", "## What to do", "## How to check"] {
            #expect(text.contains(part))
        }
    }

    @Test func rulesHaveDifferentNamesAndKnownCodes() {
        #expect(Set(Rulebook.all.map(\.name)).count == Rulebook.all.count)
        for rule in Rulebook.all {
            #expect(!rule.table.isEmpty)
            #expect(!rule.references.isEmpty)
            for row in rule.table { #expect(FindingCode.all.contains(row.code)) }
        }
    }
}
