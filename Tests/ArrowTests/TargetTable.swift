import Foundation

/// The table of targets in ARCHITECTURE.md.
struct TargetTable {
    struct Row {
        var target: String
        var half: String
        /// Nil means that everything is allowed.
        var imports: Set<String>?
    }

    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    var rows: [Row]

    init() throws {
        let text = try String(contentsOf: Self.root.appending(path: "ARCHITECTURE.md"), encoding: .utf8)
        rows = text.split(separator: "\n").compactMap { line in
            let cells = line.split(separator: "|", omittingEmptySubsequences: false).map {
                $0.trimmingCharacters(in: .whitespaces)
            }
            guard cells.count == 5, ["pure", "shell", "top"].contains(cells[2]) else { return nil }
            let imports = cells[3].split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
            return Row(target: cells[1], half: cells[2], imports: cells[3] == "all" ? nil : Set(imports))
        }
    }

    /// All targets of ours, C modules included.
    static func ours() throws -> Set<String> {
        Set(try FileManager.default.contentsOfDirectory(atPath: root.appending(path: "Sources").path()))
    }

    static func files(of target: String, ending: String = ".swift") throws -> [URL] {
        let folder = root.appending(path: "Sources/\(target)")
        let paths = try FileManager.default.subpathsOfDirectory(atPath: folder.path())
        return paths.filter { $0.hasSuffix(ending) }.map { folder.appending(path: $0) }
    }
}
