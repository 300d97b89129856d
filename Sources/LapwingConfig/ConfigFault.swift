import Foundation

/// A fault in a configuration file, with its position.
package struct ConfigFault: Error, Hashable, Sendable, CustomStringConvertible {
    /// The file's name as the user gave it.
    package var file: String
    /// From 1 on.
    package var line: Int
    /// From 1 on, in characters.
    package var column: Int
    /// A description of the fault, without the position.
    package var text: String

    package init(file: String, line: Int, column: Int, text: String) {
        self.file = file
        self.line = line
        self.column = column
        self.text = text
    }

    /// `lapwing.yml:14:5: error: …`
    package var description: String { "\(file):\(line):\(column): error: \(text)" }
}

/// Collects the faults of one file while it is read, so that one run reports all of them.
final class FaultList {
    /// Shorter values of variables are not treated as secrets, since they would match parts of any sentence by chance.
    private static let shortestSecret = 6

    let file: String
    private(set) var faults: [ConfigFault] = []
    /// The values of variables so far, by name.
    private var expanded: [String: String] = [:]

    init(file: String) {
        self.file = file
    }

    func add(_ text: String, line: Int, column: Int) {
        faults.append(ConfigFault(file: file, line: line, column: column, text: withoutSecrets(text)))
    }

    /// Registers the value of a variable, which messages about faults must not repeat, since these go into logs and
    /// responses.
    func hide(_ value: String, of variable: String) {
        if value.count >= Self.shortestSecret { expanded[variable] = value }
    }

    private func withoutSecrets(_ text: String) -> String {
        // The longest first, since one value may be part of another.
        expanded.sorted { ($0.value.count, $0.key) > ($1.value.count, $1.key) }.reduce(text) { text, secret in
            text.replacingOccurrences(of: secret.value, with: "${\(secret.key)}", options: .caseInsensitive)
        }
    }

    var inOrder: [ConfigFault] {
        var seen: Set<ConfigFault> = []
        return faults.filter { seen.insert($0).inserted }
            .sorted { ($0.line, $0.column, $0.text) < ($1.line, $1.column, $1.text) }
    }
}
