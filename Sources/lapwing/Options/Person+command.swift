import Foundation
import LapwingCore

extension Person {
    /// From where somebody acts who types a command: the number of the user that the system knows, which nobody can choose.
    static var commandLine: String { "command, user \(getuid())" }

    /// Somebody who types a command and says who he is.
    static func command(_ name: String) -> Person { Person(name, from: commandLine) }

    /// Somebody who types a command that does not ask.
    static var atTerminal: Person { .command(ProcessInfo.processInfo.environment["USER"] ?? "") }
}
