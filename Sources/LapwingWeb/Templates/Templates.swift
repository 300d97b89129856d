import Mustache

/// The pages' templates.
///
/// A template is a file `Assets/NAME.mustache`. Two braces escape, three do not and are used for our own pictures only.
package struct Templates: Sendable {
    /// Where a page that is sent in pieces is cut; the template says `{{seam}}` there.
    static let seam = "\u{1}"

    /// Those of the program, parsed when the first page is wanted.
    package static let own = Templates(files: Assets.all)

    /// A page that cannot be made: a fault of ours, which must not pass for an empty page.
    package struct Fault: Error, Equatable, CustomStringConvertible {
        var template: String
        var reason: String

        package var description: String { "\(template).mustache: \(reason)" }
    }

    /// What is wrong with each template that cannot be used.
    package private(set) var faults: [String: Fault] = [:]
    /// The names of all templates.
    package let names: Set<String>
    private var library = MustacheLibrary()

    /// Reads all files `NAME.mustache`; the newline at the end of a file is none of the page.
    ///
    /// A template that is broken, or takes in one that is broken or missing, is kept as a fault: the engine would leave out
    /// silently what it does not find.
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

    /// The templates that a template takes in: its frame and its pieces.
    package static func parts(of text: String) -> [String] {
        text.matches(of: /\{\{[<>]\s*([^\s}]+)\s*\}\}/).map { String($0.output.1) }
    }

    private func fault(of template: String) -> Fault? {
        if let fault = faults[template] { return fault }
        return names.contains(template) ? nil : Fault(template: template, reason: "there is no such template")
    }

    /// Throws what is wrong with the templates of models that are rendered when it is too late to say so.
    func check(_ models: any TemplateModel.Type...) throws(Fault) {
        for model in models {
            if let fault = fault(of: model.template) { throw fault }
        }
    }

    /// A model as its template shows it; pages stand inside a frame.
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
