internal import DNSWire

/// A chain of trust as a picture: the verdict on top, a box per zone, the fault on the very box.
public struct ChainPicture: Sendable {
    private let survey: ChainSurvey

    /// A picture of what a survey found.
    public init(_ survey: ChainSurvey) { self.survey = survey }

    private static let width = 720
    private static let rowHeight = 22

    /// An SVG document that follows the reader's light or dark scheme.
    public var svg: String {
        var body = text(
            24, 34, "\(survey.name): \(survey.proof.verdict.rawValue)", "title \(survey.proof.verdict.rawValue)")
        var top = 52
        if let end = survey.end {
            let words = "ends \(SignatureTime.text(end.moment)): \(end.owner) \(end.type), key \(end.keyTag)"
            body += text(24, top + 8, words, "small")
            top += 24
        }
        for (place, link) in survey.links.enumerated() {
            if place > 0 {
                body += "<path class=\"arrow\" d=\"M 360 \(top - 16) V \(top)\"/>"
            }
            let (box, height) = box(link, top)
            body += box
            top += height + 16
        }
        let height = max(top + 8, 80)
        return """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(Self.width) \(height)" role="img">
            <title>\(Self.escape("Chain of trust of \(survey.name): \(survey.proof.verdict.rawValue)"))</title>
            <style>\(Self.style)</style>
            <rect class="ground" width="\(Self.width)" height="\(height)"/>
            \(body)</svg>

            """
    }

    private func box(_ link: ChainLink, _ top: Int) -> (String, Int) {
        var rows: [(String, String)] = []
        if let reason = link.proof.reason { rows.append((reason.text, link.proof.verdict.rawValue)) }
        let digests = link.digests.map { "\($0.keyTag)/\($0.algorithm)/\($0.digestType)" }
        if !digests.isEmpty {
            rows.append(((link.parent == nil ? "anchor " : "DS ") + digests.prefix(6).joined(separator: "  "), "small"))
        }
        for key in link.keys.prefix(12) {
            let bits = key.bits.map { " \($0)" } ?? ""
            rows.append(("key \(key.tag) \(Algorithms.name(key.fields.algorithm))\(bits), \(key.role)", "small"))
        }
        for signature in link.signatures.prefix(12) {
            let state = signature.state(at: survey.now)
            let window =
                "\(SignatureTime.text(signature.fields.inception)) to \(SignatureTime.text(signature.fields.expiration))"
            let words = "\(signature.fields.typeCovered) signed by \(signature.fields.keyTag): \(window), \(state)"
            rows.append((words, state == "valid" ? "small" : "small bogus"))
        }
        let height = 34 + rows.count * Self.rowHeight
        var box =
            "<rect class=\"box \(link.proof.verdict.rawValue)\" x=\"24\" y=\"\(top)\" width=\"672\" height=\"\(height)\" rx=\"6\"/>"
        box += text(40, top + 23, "\(link.zone)", "zone")
        for (place, row) in rows.enumerated() {
            box += text(40, top + 45 + place * Self.rowHeight, row.0, row.1)
        }
        return (box + "\n", height)
    }

    private func text(_ x: Int, _ y: Int, _ words: String, _ kind: String) -> String {
        "<text x=\"\(x)\" y=\"\(y)\" class=\"\(kind)\">\(Self.escape(String(words.prefix(104))))</text>\n"
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

    private static let style = """
        text{font:13px system-ui,sans-serif;fill:#1d2430}.title{font-size:20px;font-weight:600}\
        .zone{font-size:15px;font-weight:600}.small{font-size:12px;fill:#566}.ground{fill:#fff}\
        .box{fill:#f6f8fa;stroke:#9aa6b2;stroke-width:1.5}.box.secure{stroke:#1a7f4b}.box.insecure{stroke:#9a6700}\
        .box.bogus,.box.indeterminate{stroke:#c5221f;stroke-width:3}.arrow{stroke:#9aa6b2;stroke-width:1.5;fill:none}\
        text.secure{fill:#1a7f4b}text.insecure{fill:#9a6700}text.bogus,text.indeterminate{fill:#c5221f}\
        @media(prefers-color-scheme:dark){text{fill:#e6edf3}.small{fill:#9fb0c0}.ground{fill:#0f1419}\
        .box{fill:#161d25}text.bogus,text.indeterminate{fill:#ff7b72}text.secure{fill:#56d390}text.insecure{fill:#e3b341}}
        """
}
