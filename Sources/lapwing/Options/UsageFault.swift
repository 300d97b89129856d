import ArgumentParser
import Foundation
import LapwingConfig
import LapwingCore

/// Formats the message for a command line that cannot be parsed: the fault, then where to find help.
enum UsageFault {
    /// - Parameters:
    ///   - error: the error of the parser, which stops at the first fault.
    ///   - words: the command line without the program's name.
    static func text(_ error: any Error, words: [String], of root: any ParsableCommand.Type) -> String {
        let (path, command) = command(words, of: root)
        // A command may delegate its options to its default subcommand.
        let known = ([command] + command.configuration.subcommands).flatMap { command in
            root.helpMessage(for: command, includeHidden: true, columns: 10_000)
                .matches(of: /--[a-z0-9][a-z0-9.-]*/).map { String($0.output) }
        }
        let fault = unknownOption(words.dropFirst(path.count - 1), known) ?? parsers(root.fullMessage(for: error))
        let name = path.joined(separator: " ")
        return "\(name): \(fault)\n`\(name) --help` shows its usage"
    }

    /// Returns the command that the first words name, with its full path.
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

    /// Returns the first unknown option: the parser reports a missing argument before it checks the options.
    private static func unknownOption(_ words: ArraySlice<String>, _ known: [String]) -> String? {
        for word in words.prefix(while: { $0 != "--" }) where word.hasPrefix("--") {
            let option = String(word.prefix { $0 != "=" })
            guard !known.contains(option) else { continue }
            let near = Spelling.nearest(to: option, among: known).map { "; did you mean `\($0)`?" } ?? ""
            return "there is no option `\(option.visible)`\(near)"
        }
        return nil
    }

    /// Returns the parser's message without its explanation of the usage.
    private static func parsers(_ message: String) -> String {
        let lines = message.split(separator: "\n", omittingEmptySubsequences: true)
            .prefix { !$0.hasPrefix("Usage:") }.map(String.init)
        var text = lines.joined(separator: "\n").visibleLines
        if text.hasPrefix("Error: ") { text.removeFirst("Error: ".count) }
        // The fault of a value is described by Lapwing's own sentence.
        if let prefix = text.prefixMatch(of: #/The value '.*' is invalid for '[^']*': /#) {
            text.removeSubrange(prefix.range)
        }
        let isSentence = text.dropFirst().first?.isLowercase == true
        return isSentence ? text.prefix(1).lowercased() + text.dropFirst() : text
    }
}
