/// One fault of the file, at a line counted from 1 (0 if it belongs to no line).
package struct ConfigurationFault: Error, Hashable, Sendable {
    package var line: Int
    package var text: String

    package init(line: Int, text: String) {
        self.line = line
        self.text = text
    }
}

/// Why a file cannot be used: all its faults.
package struct ConfigurationError: Error, Hashable, Sendable, CustomStringConvertible {
    package var faults: [ConfigurationFault]

    package var description: String {
        let lines = faults.map { $0.line > 0 ? "line \($0.line): \($0.text)" : $0.text }
        return "error parsing config file: "
            + (lines.count == 1 ? lines[0] : "yaml: unmarshal errors:\n  " + lines.joined(separator: "\n  "))
    }
}
