/// The input of an import: a file, or the files of a folder.
package struct ImportInput: Sendable {
    /// The largest file in bytes.
    package static let largest = 64 << 20
    /// The largest number of files in a folder.
    package static let mostFiles = 20_000

    /// One file of the input.
    package struct File: Sendable {
        /// The name in messages.
        package var name: String
        /// The content as it was read, in any encoding; ``text()`` checks it.
        package var bytes: [UInt8]

        package init(_ name: String, _ bytes: [UInt8]) {
            self.name = name
            self.bytes = bytes
        }

        /// The part after the last slash.
        package var lastPart: String { String(name.split(separator: "/").last ?? "") }

        /// The content as text without a byte order mark.
        ///
        /// - Throws: the reason if it is not text, with the position of the first invalid byte.
        package func text() throws(ImportFault) -> String {
            func fault(_ line: Int, _ column: Int, _ reason: String) -> ImportFault {
                ImportFault(ImportPlace(file: name, line: line, column: column), reason, weight: .fatal)
            }
            guard bytes.count <= ImportInput.largest else {
                throw fault(0, 0, "it is larger than \(ImportInput.largest >> 20) MiB")
            }
            if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
                throw fault(1, 1, "it is UTF-16; save it as UTF-8")
            }
            let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
            if bytes.starts(with: [0x1F, 0x8B]) || bytes.starts(with: Array("PK\u{3}\u{4}".utf8)) {
                throw fault(1, 1, "it is packed; unpack it first")
            }
            if let zero = bytes.firstIndex(of: 0) {
                let place = Self.place(of: zero, in: bytes)
                throw fault(place.line, place.column, "it is no text: a byte is zero")
            }
            guard let text = String(validating: bytes[start...], as: UTF8.self) else {
                let place = Self.place(of: Self.firstFault(bytes, from: start), in: bytes)
                throw fault(place.line, place.column, "it is not UTF-8; save it as UTF-8")
            }
            guard text.contains(where: { !$0.isWhitespace }) else { throw fault(1, 1, "it is empty") }
            return text
        }

        private static func place(of offset: Int, in bytes: [UInt8]) -> (line: Int, column: Int) {
            let before = bytes[..<offset]
            let line = before.reduce(1) { $0 + ($1 == 10 ? 1 : 0) }
            let start = before.lastIndex(of: 10).map { $0 + 1 } ?? 0
            return (line, String(decoding: bytes[start..<offset], as: UTF8.self).count + 1)
        }

        /// Returns the offset of the first byte that is not valid UTF-8.
        private static func firstFault(_ bytes: [UInt8], from start: Int) -> Int {
            var decoder = UTF8()
            var iterator = bytes[start...].makeIterator()
            var offset = start
            while true {
                switch decoder.decode(&iterator) {
                case .scalarValue(let scalar): offset += UTF8.width(scalar)
                case .emptyInput, .error: return min(offset, max(0, bytes.count - 1))
                }
            }
        }
    }

    /// The name: of the file, of the folder, or `-`.
    package var name: String
    /// The files, in any order; one of them unless it is a folder.
    package var files: [File]
    /// Whether it is a folder, whose files are read together.
    package var isFolder: Bool

    package init(name: String, files: [File], isFolder: Bool = false) {
        self.name = name
        self.files = files
        self.isFolder = isFolder
    }

    /// The label of this input, the same each time: letters, digits, hyphens and dots.
    package var label: String {
        let part = String(name.split(separator: "/").last ?? "")
        var word = part == "-" || part == "." || part == ".." || part.isEmpty ? "input" : part
        if !isFolder, let dot = word.lastIndex(of: "."), dot != word.startIndex,
            Self.suffixes.contains(word[word.index(after: dot)...].lowercased())
        {
            word = String(word[..<dot])
        }
        return Self.label(word)
    }

    private static let suffixes: Set<String> = [
        "yml", "yaml", "json", "csv", "tsv", "txt", "zone", "db", "tfstate", "hosts", "list",
    ]

    /// Converts a text to a label.
    package static func label(_ text: String) -> String {
        let word = text.lowercased().map { character in
            character.isASCII && (character.isLetter || character.isNumber || ".-_".contains(character))
                ? character : "-"
        }
        let trimmed = String(String(word).drop { ".-".contains($0) }.prefix(60))
        return trimmed.isEmpty ? "input" : trimmed
    }
}
