/// An SVG picture under construction; all text is escaped by ``escape(_:)``.
///
/// Colours come from classes of the style sheet, so a picture follows the theme.
struct Drawing {
    let width: Int
    let height: Int
    /// The text alternative, for `aria-label`.
    let label: String
    private(set) var body = ""

    init(width: Int, height: Int, label: String) {
        self.width = width
        self.height = height
        self.label = label
    }

    mutating func box(
        x: Double, y: Double, width: Double, height: Double, class style: String, radius: Double = 1.5,
        title: String? = nil
    ) {
        body +=
            "<rect x=\"\(Self.number(x))\" y=\"\(Self.number(y))\" width=\"\(Self.number(width))\""
            + " height=\"\(Self.number(height))\" rx=\"\(Self.number(radius))\" class=\"\(style)\""
        body += title.map { "><title>\(Self.escape($0))</title></rect>" } ?? "/>"
    }

    mutating func line(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, class style: String) {
        body +=
            "<line x1=\"\(Self.number(x1))\" y1=\"\(Self.number(y1))\" x2=\"\(Self.number(x2))\""
            + " y2=\"\(Self.number(y2))\" class=\"\(style)\"/>"
    }

    mutating func path(_ points: [(Double, Double)], class style: String) {
        let steps = points.enumerated().map { ($0 == 0 ? "M" : "L") + "\(Self.number($1.0)) \(Self.number($1.1))" }
        body += "<path d=\"\(steps.joined())\" class=\"\(style)\"/>"
    }

    /// Adds a filled outline; the colour applies if no style sheet does.
    mutating func area(_ outline: String, class style: String, colour: String, title: String? = nil) {
        body += "<path d=\"\(outline)\" fill=\"\(colour)\" class=\"\(style)\""
        body += title.map { "><title>\(Self.escape($0))</title></path>" } ?? "/>"
    }

    mutating func text(_ text: String, x: Double, y: Double, class style: String, anchor: String = "start") {
        body +=
            "<text x=\"\(Self.number(x))\" y=\"\(Self.number(y))\" class=\"\(style)\" text-anchor=\"\(anchor)\">"
            + Self.escape(text) + "</text>"
    }

    /// Returns the picture; with `stretches` it fills the available width regardless of its aspect ratio.
    func svg(class style: String = "picture", stretches: Bool = false) -> String {
        "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"\(style)\" viewBox=\"0 0 \(width) \(height)\" role=\"img\""
            + " aria-label=\"\(Self.escape(label))\"\(stretches ? " preserveAspectRatio=\"none\"" : "")>\(body)</svg>"
    }

    static func escape(_ text: String) -> String {
        var result = ""
        for character in text.unicodeScalars {
            switch character {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "'": result += "&#39;"
            default: result.unicodeScalars.append(character)
            }
        }
        return result
    }

    static func number(_ value: Double) -> String {
        let tenths = (value * 10).rounded()
        guard tenths.isFinite, abs(tenths) < 1e9 else { return "0" }
        let whole = Int(tenths)
        return whole % 10 == 0 ? "\(whole / 10)" : "\(whole < 0 ? "-" : "")\(abs(whole) / 10).\(abs(whole) % 10)"
    }
}
