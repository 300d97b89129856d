import Foundation
import LapwingCore
import Testing

@Suite struct FindingCodeTests {
    private static let pages = URL(filePath: #filePath).appending(path: "../../../../docs/findings").standardized

    private var rules: [Rule] { Rulebook.all + Rulebook.acrossDomains }

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

    @Test(arguments: FindingCode.all) func pagesHaveTheTablesOfTheRules(_ code: FindingCode) throws {
        let text = try String(contentsOf: Self.pages.appending(path: "\(code).md"), encoding: .utf8)
        let section = "## When it is told, and how severe\n\n\(Rulebook.table(of: code))\n"
        #expect(text.contains(section), "script/finding-pages writes the table of \(code)")
        for part in ["## How Lapwing knows", "## What it is confused with", "## An example"] {
            #expect(text.contains(part))
        }
    }

    @Test func everyCodeIsFoundBySomebody() {
        let found = Set(rules.flatMap { $0.table.map(\.code) })
        #expect(found == Set(FindingCode.all))
    }

    /// A code that a table lists and no rule gives would be promised on its page and never come.
    @Test func everyCodeIsGivenSomewhere() throws {
        let judge = Self.pages.appending(path: "../../Sources/LapwingCore/Judge").standardized
        var sources = ""
        let files = try #require(FileManager.default.enumerator(at: judge, includingPropertiesForKeys: nil))
        for case let file as URL in files where file.pathExtension == "swift" {
            var text = try String(contentsOf: file, encoding: .utf8)
            if file.lastPathComponent.hasPrefix("FindingCode") { continue }
            // What is listed is no proof.
            text.replace(/Rule\.Row\([^"]*/, with: "")
            sources += text
        }
        let list = try String(contentsOf: judge.appending(path: "Findings/FindingCode.swift"), encoding: .utf8)
        let declared = list.matches(of: /static let (\w+) = FindingCode\("([a-z.]+)"\)/)
        #expect(declared.count == FindingCode.all.count)
        for code in declared {
            let isGiven = sources.firstRange(of: try Regex("\\.\(code.1)\\b")) != nil
            #expect(isGiven, "nothing gives \(code.2)")
        }
    }

    @Test func rulesHaveDifferentNamesAndKnownCodes() {
        #expect(Set(rules.map(\.name)).count == rules.count)
        for rule in rules {
            #expect(!rule.table.isEmpty)
            #expect(!rule.references.isEmpty)
            for row in rule.table { #expect(FindingCode.all.contains(row.code)) }
        }
    }
}
