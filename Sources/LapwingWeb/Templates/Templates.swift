package import Mustache

/// The pages' templates, parsed once, when the first page is wanted.
///
/// A template is a file `Assets/NAME.mustache`. Two braces escape, three do not and are used for our own pictures only.
package enum Templates {
    /// Where a page that is sent in pieces is cut; the template says `{{seam}}` there.
    static let seam = "\u{1}"

    /// The text of each template by its name, without the newline at the end of its file.
    package static let texts: [String: String] = {
        let suffix = ".mustache"
        let files = Assets.all.filter { $0.key.hasSuffix(suffix) }
        return Dictionary(
            uniqueKeysWithValues: files.map { name, text in
                (String(name.dropLast(suffix.count)), text.last == "\n" ? String(text.dropLast()) : text)
            })
    }()

    /// A page that cannot be made: a fault of ours, which must not pass for an empty page.
    package struct Fault: Error {
        var template: String
        var reason: String
    }

    /// All templates, or why they cannot be read.
    package static let library = Result { try parsed() }

    /// - Throws: ``Fault`` when there is no such template or the templates cannot be read.
    package static func render(
        _ template: String, _ values: [String: Any], from library: Result<MustacheLibrary, any Error> = library
    ) throws(Fault) -> String {
        switch library {
        case .failure(let error): throw Fault(template: template, reason: "\(error)")
        case .success(let library):
            guard let text = library.render(values, withTemplate: template) else {
                throw Fault(template: template, reason: "there is no such template")
            }
            return text
        }
    }

    /// Throws what is wrong with a template.
    package static func check() throws { _ = try parsed() }

    private static func parsed() throws -> MustacheLibrary {
        var library = MustacheLibrary()
        for (name, text) in texts { try library.register(text, named: name) }
        return library
    }
}
