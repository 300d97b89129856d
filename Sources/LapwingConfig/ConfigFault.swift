import Foundation

/// A mistake in a configuration file, with its place.
package struct ConfigFault: Error, Hashable, Sendable, CustomStringConvertible {
    /// The file's name as the user gave it.
    package var file: String
    /// From 1 on.
    package var line: Int
    /// From 1 on, in characters.
    package var column: Int
    /// What is wrong, without the place.
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

/// All mistakes of a file, in the order of their places.
package struct ConfigFaults: Error, Sendable, CustomStringConvertible {
    /// At least one.
    package var faults: [ConfigFault]

    package init(faults: [ConfigFault]) {
        self.faults = faults
    }

    /// One line each.
    package var description: String { faults.map(\.description).joined(separator: "\n") }
}

/// Collects the mistakes of one file while it is read, so that one run tells all of them.
final class FaultList {
    /// Shorter values of variables are no secrets, and would be found by chance in any sentence.
    private static let shortestSecret = 6

    let file: String
    private(set) var faults: [ConfigFault] = []
    /// What variables stood for so far, by their names.
    private var expanded: [String: String] = [:]

    init(file: String) {
        self.file = file
    }

    func add(_ text: String, line: Int, column: Int) {
        faults.append(ConfigFault(file: file, line: line, column: column, text: withoutSecrets(text)))
    }

    /// Notes what a variable stands for: no fault repeats it, as faults go into logs and to whoever asks for a reload.
    func hide(_ value: String, of variable: String) {
        if value.count >= Self.shortestSecret { expanded[variable] = value }
    }

    private func withoutSecrets(_ text: String) -> String {
        // The longest first: one value may be part of another.
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
