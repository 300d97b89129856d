/// Where something stands in what was handed in: a file, a line, and in a document the path to it.
package struct ImportPlace: Hashable, Sendable, CustomStringConvertible {
    /// The file's name as the user gave it.
    package var file: String
    /// From 1 on; 0 where there is no line, as of a folder.
    package var line: Int
    /// From 1 on, in characters; 0 where the line is enough.
    package var column: Int
    /// The path in a document, such as `resources[3].instances[0]`; empty where the line says all.
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

/// Why something that was handed in is not taken.
package struct ImportFault: Error, Hashable, Sendable, CustomStringConvertible {
    /// What becomes of the rest.
    package enum Weight: String, Sendable {
        /// Nothing of the whole input can be trusted.
        case fatal
        /// This entry is wrong; the others are taken.
        case refused
        /// There is nothing wrong with it, and nothing in it that could be watched.
        case leftOut
    }

    /// The place of the fault in the input.
    package var place: ImportPlace
    /// What is wrong, in a sentence without the place.
    package var reason: String
    /// How much of the input the fault concerns.
    package var weight: Weight
    /// What was to be a domain, where it is one word.
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
