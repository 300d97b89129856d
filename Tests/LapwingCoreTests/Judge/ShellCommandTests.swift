import DNSWire
import Foundation
import LapwingCore
import Testing

@Suite("Commands to paste")
struct ShellCommandTests {
    private static let hostile = [
        "`touch pwned`", "$(touch pwned)", "a;touch pwned", "a|touch pwned", "a&touch pwned", "a\ntouch pwned", "'",
        "'touch pwned'",
        "a'b\"c", "{touch,pwned}", "<pwned", ">pwned", "*", "?", "~", "!!", "#", "a b", "", "\\", "$HOME",
        "a\u{1B}[2Jb", "a\u{202E}b",
        "a\rb", "\u{9B}31m", "-rf", "%s", "=ls", "[a]", "^a^b",
    ]

    /// What a shell makes of a command: the words that the program is given.
    private static func words(_ command: String) throws -> [String] {
        let shell = Process()
        shell.executableURL = URL(fileURLWithPath: "/bin/bash")
        shell.arguments = ["-c", "cd / && dig() { printf '%s\\0' \"$@\"; }; lapwing() { dig \"$@\"; }; \(command)"]
        let output = Pipe()
        shell.standardOutput = output
        shell.standardError = FileHandle.nullDevice
        try shell.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        shell.waitUntilExit()
        return String(decoding: data, as: UTF8.self).split(separator: "\0", omittingEmptySubsequences: false).dropLast()
            .map(String.init)
    }

    @Test("whatever is put in stays one word", arguments: hostile)
    func oneWord(_ part: String) throws {
        let command: ShellCommand = "dig \(part) NS @\(part)"
        #expect(try Self.words(command.text) == [part.visible, "NS", "@" + part.visible])
    }

    @Test("plain words stay as they are")
    func plain() throws {
        let name = try Name("www.example.com.")
        let command: ShellCommand = "dig +dnssec \(name) \(RecordType.mx) @\("2001:db8::1")"
        #expect(command.text == "dig +dnssec www.example.com. MX @2001:db8::1")
    }

    @Test("a name is never an option, nor another server", arguments: ["-f/etc/passwd.", "+short.", "\\@192.0.2.1."])
    func options(_ text: String) throws {
        let name = try Name(text)
        let command: ShellCommand = "dig \(name) NS"
        let word = try #require(try Self.words(command.text).first)
        #expect(try Name(word) == name)
        #expect(word.hasPrefix("\\"))
    }

    @Test("names of every byte come out of a shell as they were")
    func bytes() throws {
        for first in stride(from: 0, to: 256, by: 32) {
            let label = (first..<first + 32).map { String(format: "\\%03d", $0) }.joined()
            let name = try Name(label + ".org.")
            let command: ShellCommand = "dig \(name) NS"
            #expect(try Name(#require(try Self.words(command.text).first)) == name)
        }
    }

    @Test("what is shown is the quoted command, without the final dots of names", arguments: hostile)
    func told(_ part: String) throws {
        let narrative = Narrative("It happened\n\(part)", facts: [part], check: "dig \(part) NS")
        let lines = narrative.text(since: Timestamp(seconds: 0)).split(separator: "\n")
        #expect(lines.count == (part.isEmpty ? 2 : 3))
        #expect(lines.last == "Check: dig \(ShellCommand.quoted(part)) NS")
    }
}
