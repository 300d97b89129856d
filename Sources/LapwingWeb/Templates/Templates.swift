import Mustache

/// The pages' templates, parsed once, when the first page is wanted.
///
/// Two braces escape, three do not and are used for our own pictures only.
package enum Templates {
    /// Where a page that is sent in pieces is cut.
    static let seam = "\u{1}"

    private static let texts: [String: String] = [
        "layout": layout, "board": board, "domain": domain, "incidents": incidents, "incident": incident,
        "resolvers": resolvers, "expiry": expiry, "message": message, "findings": findings,
        "finding": finding, "checkForm": checkForm, "checkRun": checkRun,
        "checkRow": checkRow, "checkVerdict": checkVerdict,
    ]

    static let library = (try? parsed()) ?? MustacheLibrary()

    /// Throws what is wrong with a template.
    package static func check() throws { _ = try parsed() }

    private static func parsed() throws -> MustacheLibrary {
        var library = MustacheLibrary()
        for (name, text) in texts { try library.register(text, named: name) }
        return library
    }
}
