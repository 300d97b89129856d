import LapwingCore

/// A two-part badge for embedding in other sites.
///
/// Its colours are fixed, since it must not depend on a style sheet.
package enum Badge {
    /// Returns the badge as SVG; the texts are escaped here.
    ///
    /// - Parameter colour: an SVG colour for the half with the state.
    package static func svg(subject: String, state: String, colour: String) -> String {
        let left = width(subject)
        let right = width(state)
        let label = Drawing.escape("\(subject): \(state)")
        func text(_ text: String, _ x: Int) -> String {
            "<text x=\"\(x)\" y=\"14\" fill=\"#fff\" text-anchor=\"middle\">\(Drawing.escape(text))</text>"
        }
        return "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"\(left + right)\" height=\"20\" role=\"img\""
            + " aria-label=\"\(label)\"><title>\(label)</title>"
            + "<rect width=\"\(left + right)\" height=\"20\" rx=\"4\" fill=\"#3b4148\"/>"
            + "<path d=\"M\(left) 0h\(right - 4)a4 4 0 0 1 4 4v12a4 4 0 0 1-4 4h-\(right - 4)z\" fill=\"\(colour)\"/>"
            + "<g font-family=\"Verdana,DejaVu Sans,sans-serif\" font-size=\"11\">"
            + text(subject, left / 2) + text(state, left + right / 2) + "</g></svg>"
    }

    private static func width(_ text: String) -> Int { min(text.count, 80) * 7 + 14 }
}
