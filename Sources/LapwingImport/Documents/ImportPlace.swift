/// A position in the input: a file, a line, and in a document the path.
package struct ImportPlace: Hashable, Sendable, CustomStringConvertible {
    /// The file's name as the user gave it.
    package var file: String
    /// From 1 on; 0 if there is no line, as with a folder.
    package var line: Int
    /// From 1 on, in characters; 0 if the line is sufficient.
    package var column: Int
    /// The path in a document, such as `resources[3].instances[0]`; empty if the line is sufficient.
    package var path: String

    package init(file: String, line: Int = 0, column: Int = 0, path: String = "") {
        self.file = file
        self.line = line
        self.column = column
        self.path = path
    }

    /// `zones/example.org:12`, `state.json:40:9 (resources[3])`.
    package var description: String {
        let numbers = line == 0 ? "" : column == 0 ? ":\(line)" : ":\(line):\(column)"
        return file + numbers + (path.isEmpty ? "" : " (\(path))")
    }
}
