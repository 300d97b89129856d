import ArgumentParser
import Foundation
import LapwingConfig
import LapwingCore

/// What is said of a command line that cannot be used: what is wrong with it, then where to read on.
enum UsageFault {
    /// - Parameters:
    ///   - error: what the parser found; nothing is known of what it did not get to.
    ///   - words: the command line without the program's name.
    static func text(_ error: any Error, words: [String], of root: any ParsableCommand.Type) -> String {
        let (path, command) = command(words, of: root)
        // A command may leave its options to the one that stands for it.
        let known = ([command] + command.configuration.subcommands).flatMap { command in
            root.helpMessage(for: command, includeHidden: true, columns: 10_000)
                .matches(of: /--[a-z0-9][a-z0-9.-]*/).map { String($0.output) }
        }
        let fault = unknownOption(words.dropFirst(path.count - 1), known) ?? parsers(root.fullMessage(for: error))
        let name = path.joined(separator: " ")
        return "\(name): \(fault)\n`\(name) --help` tells how it is used"
    }

    /// The command that the first words name, and its name with the names of those above it.
    private static func command(
        _ words: [String], of root: any ParsableCommand.Type
    ) -> (path: [String], command: any ParsableCommand.Type) {
        var path = [root.configuration.commandName ?? "lapwing"]
        var command = root
        for word in words {
            let next = command.configuration.subcommands.first {
                $0.configuration.commandName == word || $0.configuration.aliases.contains(word)
            }
            guard let next else { break }
            path.append(word)
            command = next
        }
        return (path, command)
    }

    /// The first option that the command does not have: the parser complains of a missing argument before it looks.
    private static func unknownOption(_ words: ArraySlice<String>, _ known: [String]) -> String? {
        for word in words.prefix(while: { $0 != "--" }) where word.hasPrefix("--") {
            let option = String(word.prefix { $0 != "=" })
            guard !known.contains(option) else { continue }
            let near = Spelling.nearest(to: option, among: known).map { "; did you mean `\($0)`?" } ?? ""
            return "there is no option `\(option.visible)`\(near)"
        }
        return nil
    }

    /// What the parser says before it explains the usage.
    private static func parsers(_ message: String) -> String {
        let lines = message.split(separator: "\n", omittingEmptySubsequences: true)
            .prefix { !$0.hasPrefix("Usage:") }.map(String.init)
        var text = lines.joined(separator: "\n").visibleLines
        if text.hasPrefix("Error: ") { text.removeFirst("Error: ".count) }
        // What is wrong with a value is said in a sentence of ours.
        if let prefix = text.prefixMatch(of: #/The value '.*' is invalid for '[^']*': /#) {
            text.removeSubrange(prefix.range)
        }
        let isSentence = text.dropFirst().first?.isLowercase == true
        return isSentence ? text.prefix(1).lowercased() + text.dropFirst() : text
    }
}
