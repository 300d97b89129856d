import Foundation
import Testing

@Suite("Arrows and purity")
struct ArrowTests {
    @Test("every Swift target has a row in ARCHITECTURE.md")
    func everyTargetHasARow() throws {
        let listed = Set(try TargetTable().rows.map(\.target))
        let present = try TargetTable.ours().filter { try !TargetTable.files(of: $0).isEmpty }
        #expect(present.symmetricDifference(listed).isEmpty)
    }

    @Test("targets import what their row allows")
    func imports() throws {
        let ours = try TargetTable.ours()
        for row in try TargetTable().rows {
            guard let allowed = row.imports else { continue }
            for file in try TargetTable.files(of: row.target) {
                for module in try Self.imports(in: file) where ours.contains(module) {
                    #expect(
                        allowed.contains(module), "\(row.target) must not import \(module): \(file.lastPathComponent)")
                }
            }
        }
    }

    @Test("pure targets contain no word that acts, and no unsafe code")
    func purity() throws {
        let words = [
            "async", "await", "Task", "Date()", "Date.now", "ContinuousClock", "DispatchTime", "random(", "print(",
            "unsafe", "FileManager", "ProcessInfo",
            "SystemRandomNumberGenerator", "fatalError(",
        ]
        let modules: Set = ["DNSWire", "DNSSEC", "RegistrationData", "FoundationEssentials"]
        for row in try TargetTable().rows where row.half == "pure" {
            for file in try TargetTable.files(of: row.target) {
                for module in try Self.imports(in: file) {
                    #expect(modules.contains(module), "\(file.lastPathComponent) imports \(module)")
                }
                for (number, line) in try Self.codeLines(of: file) {
                    for word in words where Self.contains(line, word) {
                        Issue.record("\(row.target)/\(file.lastPathComponent):\(number): \(word)")
                    }
                }
            }
        }
    }

    @Test("stages of the core mention only types of earlier stages")
    func stageOrder() throws {
        let stages = ["Watch", "Schedule", "Plan", "Observe", "Compare", "Judge", "Incident", "Notify"]
        // Plan and Observe name each other's values: a walk ends in a snapshot, a snapshot is made of replies.
        let rank = [
            "Watch": 0, "Schedule": 1, "Plan": 2, "Observe": 2, "Compare": 3, "Judge": 4, "Incident": 5, "Notify": 6,
        ]
        var declared: [String: (stage: String, rank: Int)] = [:]
        let files = try TargetTable.files(of: "LapwingCore")
        func stage(of file: URL) -> String? { stages.first { file.path().contains("/LapwingCore/\($0)/") } }
        for file in files {
            guard let stage = stage(of: file), let rank = rank[stage] else { continue }
            for (_, line) in try Self.codeLines(of: file) {
                guard let match = line.firstMatch(of: /^(?:package )?(?:indirect )?(?:struct|enum|protocol) (\w+)/)
                else { continue }
                declared[String(match.output.1)] = (stage, rank)
            }
        }
        #expect(!declared.isEmpty)
        for file in files {
            guard let stage = stage(of: file), let own = rank[stage] else { continue }
            for (number, line) in try Self.codeLines(of: file) {
                for word in line.split(whereSeparator: { !$0.isLetter && !$0.isNumber && $0 != "_" && $0 != "." }) {
                    guard !word.hasPrefix("."), let later = declared[String(word.prefix { $0 != "." })],
                        later.rank > own
                    else { continue }
                    Issue.record("\(stage)/\(file.lastPathComponent):\(number) mentions \(word) of \(later.stage)")
                }
            }
        }
    }

    /// Lines without comments and without the text of string literals.
    static func codeLines(of file: URL) throws -> [(number: Int, text: String)] {
        let text = try String(contentsOf: file, encoding: .utf8)
        var insideText = false
        return text.split(separator: "\n", omittingEmptySubsequences: false).enumerated().compactMap { index, line in
            if line.contains("\"\"\"") {
                insideText.toggle()
                return nil
            }
            guard !insideText else { return nil }
            var code = line.replacing(/"(?:\\.|[^"\\])*"/, with: "\"\"")
            if let comment = code.firstRange(of: "//") { code = code[..<comment.lowerBound] + "" }
            return (index + 1, String(code))
        }
    }

    static func imports(in file: URL) throws -> [String] {
        try codeLines(of: file).compactMap { _, line in
            line.firstMatch(
                of:
                    /^(?:public |package |internal |private |@\w+(?:\(\w+\))? )*import (?:struct |enum |class |func )?(\w+)/
            )
            .map { String($0.output.1) }
        }
    }

    /// Whether the word stands in the line as a word of its own.
    static func contains(_ line: String, _ word: String) -> Bool {
        var rest = line[...]
        while let range = rest.firstRange(of: word) {
            let before = range.lowerBound == line.startIndex ? nil : line[line.index(before: range.lowerBound)]
            let after = range.upperBound == line.endIndex ? nil : line[range.upperBound]
            let startsInside = word.first?.isLetter == true && (before?.isLetter == true || before == "_")
            let endsInside = word.last?.isLetter == true && (after?.isLetter == true || after == "_")
            if !startsInside, !endsInside { return true }
            rest = rest[range.upperBound...]
        }
        return false
    }
}
