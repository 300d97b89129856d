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

    @Test("no code calls what gives back memory that all threads share")
    func sharedMemory() throws {
        let words = [
            "getservbyport(", "gethostbyname(", "gethostbyaddr(", "getprotobyname(", "getpwnam(", "getpwuid(",
            "getgrnam(", "getgrgid(", "localtime(", "gmtime(", "ctime(", "asctime(", "strtok(", "inet_ntoa(",
            "ttyname(", "crypt(", "getlogin(", "ptsname(", "tmpnam(", "rand(", "putenv(", "setlocale(",
        ]
        for target in try TargetTable.ours() {
            for file in try TargetTable.files(of: target) + TargetTable.files(of: target, ending: ".c") {
                for (number, line) in try Self.codeLines(of: file) {
                    for word in words where Self.contains(line, word) {
                        Issue.record("\(target)/\(file.lastPathComponent):\(number): \(word)")
                    }
                }
            }
        }
    }

    /// The stages of the core in their order; those of one rank name each other's types.
    ///
    /// Plan and Observe: a walk ends in a snapshot, a snapshot is made of replies. Judge and Memory: what was learnt is
    /// judged with, what was judged is learnt. Files beside the folders are the functions over all stages.
    static let ranks = [
        "Watch": 0, "Schedule": 1, "Plan": 2, "Observe": 2, "Compare": 3, "Judge": 4, "Memory": 4, "Incident": 5,
        "Notify": 6, "Report": 7, "": 7, "Turn": 8,
    ]
    /// What comes back round: the book of incidents is part of what is remembered, and so are incidents.
    static let backRound: [String: Set<String>] = ["Memory": ["Incident", "IncidentBook"]]

    @Test("stages of the core mention only types of earlier stages")
    func stageOrder() throws {
        var declared: [String: String] = [:]
        let files = try TargetTable.files(of: "LapwingCore")
        for file in files {
            let stage = Self.stage(of: file)
            #expect(Self.ranks[stage] != nil, "\(stage) is a folder of the core without a place in the order")
            for (_, line) in try Self.codeLines(of: file) {
                guard let name = Self.declared(in: line) else { continue }
                #expect(declared[name, default: stage] == stage, "\(name) is declared in \(stage) and elsewhere")
                declared[name] = stage
            }
        }
        #expect(Set(files.map(Self.stage)) == Set(Self.ranks.keys), "a stage without files")
        for (name, stage) in [
            ("Picture", "Judge"), ("WatchState", "Memory"), ("RoundWalk", "Plan"), ("DomainTurn", "Turn"), ("Flow", ""),
        ] {
            #expect(declared[name] == stage, "declarations are not found as they are written: \(name)")
        }
        for file in files {
            let stage = Self.stage(of: file)
            let own = Self.ranks[stage] ?? 0
            for (number, line) in try Self.codeLines(of: file) where !line.hasPrefix("extension Flow ") {
                for word in line.split(whereSeparator: { !$0.isLetter && !$0.isNumber && $0 != "_" && $0 != "." }) {
                    let name = String(word.prefix { $0 != "." })
                    guard !word.hasPrefix("."), let later = declared[name], Self.ranks[later] ?? 0 > own,
                        Self.backRound[stage]?.contains(name) != true
                    else { continue }
                    Issue.record("\(stage)/\(file.lastPathComponent):\(number) mentions \(word) of \(later)")
                }
            }
        }
    }

    /// The folder of the core that a file lies in, at whatever depth; empty for those beside the folders.
    static func stage(of file: URL) -> String {
        let parts = file.pathComponents
        guard let root = parts.lastIndex(of: "LapwingCore"), root + 2 < parts.count else { return "" }
        return parts[root + 1]
    }

    /// The type that a line declares for other files to use.
    static func declared(in line: String) -> String? {
        // Most lines are indented; the pattern would take a minute for all of them.
        guard let first = line.utf8.first, first != UInt8(ascii: " ") else { return nil }
        return line.firstMatch(
            of: /^(?:(?:package|public|final|indirect) )*(?:struct|enum|protocol|class|actor|typealias) (\w+)/
        ).map { String($0.output.1) }
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
            var code = line.utf8.contains(UInt8(ascii: "\"")) ? line.replacing(/"(?:\\.|[^"\\])*"/, with: "\"\"") : line
            if let comment = code.firstRange(of: "//") { code = code[..<comment.lowerBound] + "" }
            return (index + 1, String(code))
        }
    }

    static func imports(in file: URL) throws -> [String] {
        try codeLines(of: file).compactMap { _, line in
            guard line.utf8.contains(UInt8(ascii: "i")), line.contains("import ") else { return nil }
            return line.firstMatch(
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
