/// Reads lists of names: one per line, or separated by commas, semicolons or spaces; `#` begins a comment.
package struct ListReader {
    let file: String

    func read(_ text: String, into gathering: inout DomainGathering) {
        for (number, line) in Self.lines(text).enumerated() {
            for piece in Self.pieces(line) {
                _ = gathering.domain(piece, ImportPlace(file: file, line: number + 1))
            }
        }
    }

    /// Splits a text into lines with any kind of line break.
    static func lines(_ text: String) -> [Substring] {
        text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    }

    /// Spaces separate names only if all parts look like names: `exa mple.com` is a mistake, not two domains.
    package static func pieces(_ line: some StringProtocol) -> [String] {
        String(line.prefix { $0 != "#" }).split { $0 == "," || $0 == ";" }.flatMap { piece -> [String] in
            let words = piece.split(whereSeparator: \.isWhitespace).map(String.init)
            guard words.count > 1 else { return words }
            return words.allSatisfy { $0.contains(".") || $0.contains("@") } ? words : [words.joined(separator: " ")]
        }
    }
}
