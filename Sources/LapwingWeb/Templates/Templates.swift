import Mustache

/// The templates of the pages.
///
/// A template is a file `Assets/NAME.mustache`. Double braces escape; triple braces do not, and are used only for
/// pictures that Lapwing draws.
package struct Templates: Sendable {
    /// The mark at which a page that is sent in pieces is cut; the template contains `{{seam}}` there.
    static let seam = "\u{1}"

    /// The embedded templates, parsed when the first page is rendered.
    package static let own = Templates(files: Assets.all)

    /// A page that cannot be rendered: an internal error, which must not look like an empty page.
    package struct Fault: Error, Equatable, CustomStringConvertible {
        var template: String
        var reason: String

        package var description: String { "\(template).mustache: \(reason)" }
    }

    /// The fault of each template that cannot be used.
    package private(set) var faults: [String: Fault] = [:]
    /// The names of all templates.
    package let names: Set<String>
    private var library = MustacheLibrary()

    /// Reads all files `NAME.mustache`; the newline at the end of a file is not part of the page.
    ///
    /// A template that is broken, or includes a broken or missing one, is kept as a fault, since the engine silently
    /// omits templates that it does not find.
    package init(files: [String: String]) {
        let suffix = ".mustache"
        let texts = files.filter { $0.key.hasSuffix(suffix) }.map { name, text in
            (name: String(name.dropLast(suffix.count)), text: text.last == "\n" ? String(text.dropLast()) : text)
        }
        names = Set(texts.map(\.name))
        for (name, text) in texts {
            do {
                try library.register(text, named: name)
            } catch let error as MustacheTemplate.ParserError {
                let place = "line \(error.context.lineNumber), column \(error.context.columnNumber)"
                faults[name] = Fault(template: name, reason: "\(place): \(error.error)")
            } catch {
                faults[name] = Fault(template: name, reason: "\(error)")
            }
        }
        var isSettled = false
        while !isSettled {
            isSettled = true
            for (name, text) in texts where faults[name] == nil {
                guard let fault = Self.parts(of: text).compactMap({ part in fault(of: part) }).first else { continue }
                faults[name] = Fault(template: name, reason: "it takes in \(fault)")
                isSettled = false
            }
        }
    }

    /// Returns the names of the templates that a template includes: its frame and its fragments.
    package static func parts(of text: String) -> [String] {
        text.matches(of: /\{\{[<>]\s*([^\s}]+)\s*\}\}/).map { String($0.output.1) }
    }

    private func fault(of template: String) -> Fault? {
        if let fault = faults[template] { return fault }
        return names.contains(template) ? nil : Fault(template: template, reason: "there is no such template")
    }

    /// Throws if a template of these models is broken; for models that are rendered when an error can no longer be
    /// reported.
    func check(_ models: any TemplateModel.Type...) throws(Fault) {
        for model in models {
            if let fault = fault(of: model.template) { throw fault }
        }
    }

    /// Renders a model with its template; a page is rendered inside a frame.
    package func render(_ model: some TemplateModel, in frame: (any TemplateModel)? = nil) throws(Fault) -> String {
        let template = type(of: model).template
        if let fault = fault(of: template) { throw fault }
        do {
            var fields = try ModelFields.of(model)
            if let frame { fields.merge(try ModelFields.of(frame)) { own, _ in own } }
            if let text = library.render(fields, withTemplate: template) { return text }
        } catch {
            throw Fault(template: template, reason: "\(error)")
        }
        throw Fault(template: template, reason: "it was not rendered")
    }
}
