/// One fault of the file, with its line from 1 (0 if it belongs to no line).
package struct ConfigurationFault: Error, Hashable, Sendable {
    /// From 1 on; 0 if it belongs to no line.
    package var line: Int
    /// The fault in blackbox_exporter's words.
    package var text: String

    package init(line: Int, text: String) {
        self.line = line
        self.text = text
    }
}

/// All faults of a file that cannot be used.
package struct ConfigurationError: Error, Hashable, Sendable, CustomStringConvertible {
    /// In the order of their lines.
    package var faults: [ConfigurationFault]

    /// In the format of Go's yaml library.
    package var description: String {
        let lines = faults.map { $0.line > 0 ? "line \($0.line): \($0.text)" : $0.text }
        return "error parsing config file: "
            + (lines.count == 1 ? lines[0] : "yaml: unmarshal errors:\n  " + lines.joined(separator: "\n  "))
    }
}
