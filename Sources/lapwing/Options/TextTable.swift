import Foundation
import LapwingCore

/// Rows in aligned columns. On a terminal, the last column is wrapped within its own width; elsewhere each row is one
/// line.
struct TextTable {
    /// The last column gets its own lines if less width than this is left for it.
    private static let leastRest = 28
    private static let gap = 2

    /// Empty for none.
    var header: [String] = []
    var rows: [[String]]

    /// Returns the header, if there is one, and the rows; a wrapped row contains line feeds.
    ///
    /// - Parameters:
    ///   - width: the columns of the terminal; nil for lines of any length.
    ///   - indent: the number of spaces before each line.
    func lines(width: Int?, indent: Int = 0) -> [String] {
        let all = (header.isEmpty ? rows : [header] + rows).map { $0.map(\.visible) }
        let columns = all.map(\.count).max() ?? 0
        guard columns > 0 else { return [] }
        let widths = (0..<columns - 1).map { column in
            all.map { $0.count > column ? Self.columns($0[column]) : 0 }.max() ?? 0
        }
        let before = widths.reduce(0) { $0 + $1 + Self.gap }
        let margin = String(repeating: " ", count: indent)
        return all.map { row in
            let last = row.count == columns ? row[columns - 1] : ""
            var line = margin
            for (cell, width) in zip(row, widths) {
                line += cell + String(repeating: " ", count: width - Self.columns(cell) + Self.gap)
            }
            guard let width, indent + before + Self.columns(last) > width else { return Self.trimmed(line + last) }
            let rest = width - indent - before
            if rest >= Self.leastRest {
                let parts = Self.wrapped(last, width: rest)
                let below = String(repeating: " ", count: indent + before)
                return Self.trimmed(line + parts[0]) + parts.dropFirst().map { "\n" + below + $0 }.joined()
            }
            return Self.folded(row, widths, margin, width: width)
        }
    }

    /// Puts as many columns as fit on one line, and the rest of the row below them.
    private static func folded(_ row: [String], _ widths: [Int], _ margin: String, width: Int) -> String {
        var line = margin
        var place = 0
        var used = margin.count
        while place < min(widths.count, row.count), place == 0 || used + widths[place] <= width {
            line += row[place] + String(repeating: " ", count: widths[place] - columns(row[place]) + gap)
            used += widths[place] + gap
            place += 1
        }
        let below = margin + "    "
        let rest = row[place...].filter { !$0.isEmpty }.joined(separator: " · ")
        let parts = rest.isEmpty ? [] : wrapped(rest, width: max(leastRest, width - below.count))
        return trimmed(line) + parts.map { "\n" + below + $0 }.joined()
    }

    /// The width of the terminal in columns; nil if stdout is not a terminal.
    static var terminalWidth: Int? {
        var size = winsize()
        guard isatty(STDOUT_FILENO) == 1, ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col >= 20 else {
            return nil
        }
        return Int(size.ws_col)
    }

    /// Wraps a text to a width; longer words are split.
    static func wrapped(_ text: String, width: Int) -> [String] {
        var lines: [String] = []
        var line = ""
        func finish() {
            lines.append(line)
            line = ""
        }
        for word in text.split(separator: " ", omittingEmptySubsequences: true) {
            var word = word
            if !line.isEmpty, columns(line) + 1 + columns(word) > width { finish() }
            while columns(word) > width {
                var taken = word.startIndex
                var filled = 0
                while taken < word.endIndex, filled + columns(word[taken...taken]) <= width {
                    filled += columns(word[taken...taken])
                    taken = word.index(after: taken)
                }
                if taken == word.startIndex { taken = word.index(after: taken) }
                line = String(word[..<taken])
                word = word[taken...]
                finish()
            }
            line += line.isEmpty ? String(word) : " \(word)"
        }
        if !line.isEmpty || lines.isEmpty { finish() }
        return lines
    }

    /// Returns the width of a text on a terminal; East Asian wide characters take two columns.
    static func columns(_ text: some StringProtocol) -> Int {
        text.reduce(0) { sum, character in
            let first = character.unicodeScalars.first?.value ?? 0
            let isWide =
                (0x1100...0x115f).contains(first) || (0x2e80...0xa4cf).contains(first)
                || (0xac00...0xd7a3).contains(first) || (0xf900...0xfaff).contains(first)
                || (0xfe30...0xfe6f).contains(first) || (0xff00...0xff60).contains(first)
                || (0x1f300...0x1faff).contains(first) || (0x20000...0x3fffd).contains(first)
            return sum + (isWide ? 2 : 1)
        }
    }

    private static func trimmed(_ line: String) -> String {
        guard let last = line.lastIndex(where: { $0 != " " }) else { return "" }
        return String(line[...last])
    }
}
