/// One fault of the file, at a line counted from 1 (0 if it belongs to no line).
package struct ConfigurationFault: Error, Hashable, Sendable {
    /// From 1 on; 0 when it belongs to no line.
    package var line: Int
    /// What is wrong, in blackbox_exporter's words.
    package var text: String

    package init(line: Int, text: String) {
        self.line = line
        self.text = text
    }
}

/// Why a file cannot be used: all its faults.
package struct ConfigurationError: Error, Hashable, Sendable, CustomStringConvertible {
    /// In the order of their lines.
    package var faults: [ConfigurationFault]

    /// As Go's yaml library puts it.
    package var description: String {
        let lines = faults.map { $0.line > 0 ? "line \($0.line): \($0.text)" : $0.text }
        return "error parsing config file: "
            + (lines.count == 1 ? lines[0] : "yaml: unmarshal errors:\n  " + lines.joined(separator: "\n  "))
    }
}
