import Foundation
import LapwingCore

extension Person {
    /// The origin of acts on the command line, with the numeric user identifier, which users cannot choose.
    static var commandLine: String { "command, user \(getuid())" }

    /// Returns a person who gives their name to a command.
    static func command(_ name: String) -> Person { Person(name, from: commandLine) }

    /// The person who runs a command that does not ask for a name.
    static var atTerminal: Person { .command(ProcessInfo.processInfo.environment["USER"] ?? "") }
}
