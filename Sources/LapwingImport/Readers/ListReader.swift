/// Reads lists of names as people paste them: one a line, or separated by commas, semicolons or blanks; `#` begins a
/// comment.
package struct ListReader {
    let file: String

    func read(_ text: String, into gathering: inout DomainGathering) {
        for (number, line) in Self.lines(text).enumerated() {
            for piece in Self.pieces(line) {
                _ = gathering.domain(piece, ImportPlace(file: file, line: number + 1))
            }
        }
    }

    /// The lines of a text, whatever ends them.
    static func lines(_ text: String) -> [Substring] {
        text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    }

    /// Blanks part names only where all that they part looks like names: `exa mple.com` is a mistake, not two domains.
    package static func pieces(_ line: some StringProtocol) -> [String] {
        String(line.prefix { $0 != "#" }).split { $0 == "," || $0 == ";" }.flatMap { piece -> [String] in
            let words = piece.split(whereSeparator: \.isWhitespace).map(String.init)
            guard words.count > 1 else { return words }
            return words.allSatisfy { $0.contains(".") || $0.contains("@") } ? words : [words.joined(separator: " ")]
        }
    }
}
