/// The drawing board of a chain's picture: shapes from top to bottom, each below the last.
struct DiagramCanvas: Sendable {
    private static let width = 760
    private static let margin = 24
    private static let rowHeight = 24

    /// Where the next shape goes, in pixels from the top.
    var top = 0
    private var shapes: [String] = []

    /// The shapes as a document.
    func document(title: String) -> String {
        let height = top + 24
        return """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(Self.width) \(height)" width="\(Self.width)" \
            height="\(height)" role="img">
            <title>\(Self.escape(title))</title>
            <style>\(Self.style)</style>
            <rect class="ground" fill="\(Self.light["ground"] ?? "")" width="\(Self.width)" height="\(height)"/>
            \(shapes.joined(separator: "\n"))
            </svg>

            """
    }

    mutating func text(x: Int, y: Int, _ words: String, _ kind: String) {
        shapes.append(
            "<text x=\"\(x)\" y=\"\(y)\" class=\"\(kind)\"\(Self.paint(kind, isText: true))>\(Self.escape(words))</text>"
        )
    }

    mutating func circle(x: Int, y: Int, radius: Int, _ kind: String) {
        shapes.append("<circle cx=\"\(x)\" cy=\"\(y)\" r=\"\(radius)\" class=\"\(kind)\"\(Self.paint(kind))/>")
    }

    private mutating func rectangle(x: Int, y: Int, width: Int, height: Int, radius: Int, _ kind: String) {
        shapes.append(
            "<rect x=\"\(x)\" y=\"\(y)\" width=\"\(width)\" height=\"\(height)\" rx=\"\(radius)\""
                + " class=\"\(kind)\"\(Self.paint(kind))/>")
    }

    /// Words broken into lines of at most this many characters.
    mutating func paragraph(x: Int, _ words: String, _ kind: String, width: Int) {
        for line in Self.lines(words, width) {
            text(x: x, y: top, line, kind)
            top += 18
        }
    }

    /// A line down to the next card, with what it stands for beside it.
    mutating func tie(_ words: String, _ kind: String) {
        let lines = Self.lines(words, 92)
        let height = max(34, 14 + lines.count * 16)
        shapes.append("<path class=\"tie \(kind)\"\(Self.paint("tie " + kind)) d=\"M 48 \(top) v \(height)\"/>")
        for (place, line) in lines.enumerated() {
            text(x: 64, y: top + height / 2 + 4 + place * 16 - (lines.count - 1) * 8, line, "small")
        }
        top += height
    }

    /// Begins a card; the result is what `end` wants to know.
    mutating func begin() -> (top: Int, place: Int) {
        let start = (top, shapes.count)
        top += 12
        return start
    }

    /// Ends a card: now its height is known.
    mutating func end(_ start: (top: Int, place: Int), _ kind: String) {
        let height = top + 8 - start.top
        let width = Self.width - 2 * Self.margin
        shapes.insert(
            """
            <rect x="\(Self.margin)" y="\(start.top)" width="\(width)" height="\(height)" rx="8" class="card \(kind)"\(Self.paint("card " + kind))/>
            <rect x="\(Self.margin)" y="\(start.top)" width="6" height="\(height)" rx="3" class="edge \(kind)"\(Self.paint("edge " + kind))/>
            """, at: start.place)
        top += 8
    }

    mutating func heading(_ words: String, _ verdict: String, _ kind: String) {
        text(x: 46, y: top + 16, Self.cut(words, 64), "zone")
        text(x: Self.width - Self.margin - 18, y: top + 16, verdict, "state \(kind)")
        top += 30
    }

    /// Why a card is not as it should be.
    mutating func callout(_ words: String, _ kind: String) {
        let lines = Self.lines(words, 98)
        let height = lines.count * 18 + 14
        rectangle(x: 46, y: top, width: Self.width - 2 * Self.margin - 40, height: height, radius: 5, "callout \(kind)")
        for (place, line) in lines.enumerated() {
            text(x: 58, y: top + 20 + place * 18, line, "fault \(kind)")
        }
        top += height + 8
    }

    /// A badge, words, and a remark on the right.
    mutating func row(badge: String, kind: String, _ words: String, _ remark: String) {
        let width = 14 + badge.count * 7
        rectangle(x: 46, y: top, width: width, height: 18, radius: 9, "badge \(kind)")
        text(x: 46 + width / 2, y: top + 13, badge, "label")
        text(x: 46 + width + 10, y: top + 13, words, "body")
        if !remark.isEmpty { text(x: Self.width - Self.margin - 18, y: top + 13, remark, "remark") }
        top += Self.rowHeight
    }

    /// Words, a bar of how much of a window has passed, and when it ends.
    mutating func timeRow(_ words: String, _ remark: String, share: Double?, _ kind: String) {
        text(x: 46, y: top + 13, words, "body")
        rectangle(x: 210, y: top + 5, width: 160, height: 8, radius: 4, "bar")
        if let share {
            rectangle(
                x: 210, y: top + 5, width: max(8, Int(share * 160)), height: 8, radius: 4, "passed \(kind)")
        }
        text(x: Self.width - Self.margin - 18, y: top + 13, remark, kind == "bogus" ? "remark bogus" : "remark")
        top += Self.rowHeight
    }

    mutating func line(_ words: String) {
        text(x: 46, y: top + 13, words, "small")
        top += Self.rowHeight
    }

    /// The words, their beginning cut off where there is no room for more characters.
    static func cut(_ words: String, _ width: Int) -> String {
        words.count > width ? "\u{2026}" + words.suffix(width - 1) : words
    }

    /// Breaks words at spaces; at most six lines, the last cut short.
    private static func lines(_ words: String, _ width: Int) -> [String] {
        var lines: [String] = []
        var line = ""
        for word in words.split(separator: " ") {
            if !line.isEmpty, line.count + word.count >= width {
                lines.append(line)
                line = ""
            }
            line += (line.isEmpty ? "" : " ") + word.prefix(width)
        }
        if !line.isEmpty { lines.append(line) }
        guard lines.count > 6 else { return lines }
        return Array(lines.prefix(5)) + [lines[5] + " \u{2026}"]
    }

    private static func escape(_ text: String) -> String {
        var out = ""
        for character in text {
            switch character {
            case "&": out += "&amp;"
            case "<": out += "&lt;"
            case ">": out += "&gt;"
            case "\"": out += "&quot;"
            default: out.append(character)
            }
        }
        return out
    }

    private static let light = [
        "ink": "#1c2530", "soft": "#5b6875", "ground": "#ffffff", "card": "#f6f8fa", "line": "#d5dce3",
        "bar": "#e2e8ee",
        "secure": "#1a7f4b", "insecure": "#96650a", "bogus": "#c5221f", "key": "#2f5fb3",
    ]
    private static let dark = [
        "ink": "#e6edf3", "soft": "#9aa9b8", "ground": "#0f1419", "card": "#171e26", "line": "#2b3540",
        "bar": "#2b3540",
        "secure": "#4fce8b", "insecure": "#e0b040", "bogus": "#ff7b72", "key": "#7fa9f0",
    ]

    /// Colours and sizes as attributes, for viewers that read no style sheet.
    private static func paint(_ kind: String, isText: Bool = false) -> String {
        let words = Set(kind.split(separator: " ").map(String.init))
        let verdict =
            words.contains("indeterminate") ? "bogus" : ["secure", "insecure", "bogus"].first(where: words.contains)
        func colour(_ name: String) -> String { light[name] ?? "" }
        if isText {
            let isSoft = !words.isDisjoint(with: ["small", "remark", "note", "idle"])
            let isOnColour = !words.isDisjoint(with: ["symbol", "label"])
            let fill = verdict ?? (isOnColour ? "ground" : isSoft ? "soft" : "ink")
            let anchor = isOnColour ? "middle" : words.isDisjoint(with: ["state", "remark"]) ? "start" : "end"
            let size =
                words.contains("label")
                ? 10 : words.contains("title") || words.contains("symbol") ? 21 : isSoft ? 12 : 13
            return
                " fill=\"\(colour(fill))\" text-anchor=\"\(anchor)\" font-size=\"\(size)\" font-family=\"sans-serif\""
        }
        if words.contains("tie") { return " fill=\"none\" stroke=\"\(colour(verdict ?? "line"))\" stroke-width=\"3\"" }
        if words.contains("card") {
            return " fill=\"\(colour("card"))\" stroke=\"\(colour(verdict == "bogus" ? "bogus" : "line"))\""
        }
        if words.contains("callout") { return " fill=\"\(colour(verdict ?? "bar"))\" fill-opacity=\"0.12\"" }
        return
            " fill=\"\(colour(verdict ?? (words.contains("key") ? "key" : words.contains("bar") ? "bar" : "line")))\""
    }

    /// The sheet with the colours put in: not every viewer knows variables.
    private static var style: String { sheet(light) + "@media(prefers-color-scheme:dark){" + sheet(dark) + "}" }

    private static func sheet(_ colours: [String: String]) -> String {
        var parts = rules.split(separator: "$", omittingEmptySubsequences: false).map(String.init)
        for place in parts.indices.dropFirst() {
            let name = String(parts[place].prefix(while: \.isLetter))
            parts[place] = (colours[name] ?? "") + parts[place].dropFirst(name.count)
        }
        return parts.joined()
    }

    /// `$NAME` stands for a colour.
    private static let rules = """
        text{font:13px system-ui,-apple-system,"Segoe UI",sans-serif;fill:$ink}.ground{fill:$ground}\
        .title{font-size:21px;font-weight:650}.lead{font-size:14px;font-weight:600}.note{fill:$soft}\
        .symbol{font-size:21px;font-weight:700;text-anchor:middle;fill:$ground}\
        .zone{font-size:15px;font-weight:650}.state{font-weight:600;text-anchor:end}\
        .small{font-size:12px;fill:$soft}.remark{font-size:12px;fill:$soft;text-anchor:end}\
        .label{font-size:10px;font-weight:700;text-anchor:middle;fill:$ground}.fault{font-weight:600}\
        .card{fill:$card;stroke:$line}.card.bogus,.card.indeterminate{stroke:$bogus;stroke-width:2}\
        .bar{fill:$bar}.badge.key{fill:$key}.badge.bogus{fill:$bogus}\
        .callout{fill-opacity:.12}.tie{stroke-width:3;fill:none}.tie.bogus{stroke-dasharray:4 5}\
        text.secure{fill:$secure}text.insecure{fill:$insecure}\
        text.bogus,text.indeterminate{fill:$bogus}\
        .mark.secure,.edge.secure,.passed.secure,.callout.secure{fill:$secure}\
        .mark.insecure,.edge.insecure,.passed.insecure,.callout.insecure{fill:$insecure}\
        .mark.bogus,.edge.bogus,.passed.bogus,.callout.bogus{fill:$bogus}\
        .mark.indeterminate,.edge.indeterminate,.callout.indeterminate{fill:$bogus}\
        text.idle{fill:$soft}.edge.idle{fill:$line}.tie.idle{stroke:$line;stroke-dasharray:4 5}\
        .tie.secure{stroke:$secure}.tie.insecure{stroke:$insecure}\
        .tie.bogus,.tie.indeterminate{stroke:$bogus}
        """
}
