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

/// The reason why an entry of the input is not used.
package struct ImportFault: Error, Hashable, Sendable, CustomStringConvertible {
    /// The consequence for the rest of the input.
    package enum Weight: String, Sendable {
        /// Nothing of the input can be trusted.
        case fatal
        /// This entry is invalid; the others are used.
        case refused
        /// The entry is valid, but contains nothing that could be watched.
        case leftOut
    }

    /// The place of the fault in the input.
    package var place: ImportPlace
    /// The reason as a sentence, without the position.
    package var reason: String
    /// How much of the input the fault concerns.
    package var weight: Weight
    /// The text of the intended domain, if it is one word; nil if it is not.
    package var entry: String?

    package init(_ place: ImportPlace, _ reason: String, weight: Weight = .refused, entry: String? = nil) {
        self.entry = entry
        self.place = place
        self.reason = reason
        self.weight = weight
    }

    /// `list.txt:3: …`
    package var description: String { "\(place): \(reason)" }
}
