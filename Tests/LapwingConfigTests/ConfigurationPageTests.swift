import Foundation
import LapwingConfig
import LapwingCore
import Testing

/// `docs/configuration.md` against what the readers know.
@Suite("The page about the configuration")
struct ConfigurationPageTests {
    let lines: [Substring]

    init() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let page = try String(contentsOf: root.appending(path: "docs/configuration.md"), encoding: .utf8)
        lines = page.split(separator: "\n", omittingEmptySubsequences: false)
    }

    /// The keys of each table, by where they stand; those of the file itself come first.
    var tables: [String: [String]] {
        var tables: [String: [String]] = [:]
        // Tables begin after a line that says where their keys stand.
        let sentence = #/Place: `(?<place>[^`]+)`\./#
        let firstCell = #/^\| `(?<key>[a-z_-]+)` \|/#
        var place = ""
        var hasBegun = false
        for line in lines {
            hasBegun = hasBegun || line == "## The file"
            if let match = line.firstMatch(of: sentence) { place = String(match.place) }
            guard hasBegun, let match = line.firstMatch(of: firstCell) else { continue }
            tables[place, default: []].append(String(match.key))
        }
        return tables
    }

    @Test("has a row for every key of each mapping, and no other rows", arguments: KnownMapping.allCases)
    func keys(_ mapping: KnownMapping) throws {
        let rows = try #require(tables[mapping.place], "no table for `\(mapping.place)`")
        // What `defaults` may say an entry of `domains` may say too, and is described once.
        let own = mapping == .domain ? mapping.keys.filter { !KnownMapping.defaults.keys.contains($0) } : mapping.keys
        #expect(rows.sorted() == own.sorted())
    }

    @Test("has no table for a mapping that does not exist")
    func places() {
        #expect(Set(tables.keys) == Set(KnownMapping.allCases.map(\.place)))
    }

    /// The blocks of YAML, each a whole file.
    var blocks: [(line: Int, text: String)] {
        var blocks: [(Int, String)] = []
        var start: Int?
        for (index, line) in lines.enumerated() {
            if line == "```yaml" {
                start = index + 1
            } else if line == "```", let first = start {
                blocks.append((first + 1, lines[first..<index].joined(separator: "\n") + "\n"))
                start = nil
            }
        }
        return blocks
    }

    @Test("has examples that the reader takes, with every key in one of them")
    func examples() throws {
        let variables = ["OPS_URL", "SLACK_URL"].map { ($0, "https://example.com/hook") }
        let secrets = ["HOOK_SECRET", "BOT_TOKEN", "PAGER_KEY", "MAIL_PASSWORD", "LAPWING_CLIENT_SECRET"].map {
            ($0, "secret")
        }
        let surroundings = SettingsReader.Surroundings(
            environment: Dictionary(uniqueKeysWithValues: variables + secrets),
            contents: { $0.hasSuffix(".txt") ? "example.net # one\n" : "https://example.com/secret\n" })
        #expect(blocks.count > 10)
        for (line, text) in blocks {
            let faults: [String]
            do throws(ConfigFaults) {
                _ = try SettingsReader(surroundings).read(text, file: "block")
                faults = []
            } catch {
                faults = error.faults.map(\.description)
            }
            #expect(faults == [], "the block at line \(line)")
        }
        let all = blocks.map(\.text).joined()
        for key in Set(KnownMapping.allCases.flatMap(\.keys)).sorted() {
            #expect(all.contains("\(key):"), "no example has `\(key)`")
        }
    }
}
