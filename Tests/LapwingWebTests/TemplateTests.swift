import Foundation
import LapwingWeb
import Testing

@Suite("Templates")
struct TemplateTests {
    private static let models = TemplateModels.pages + TemplateModels.pieces

    @Test("are all sound, and so is what they take in")
    func sound() {
        #expect(Templates.own.faults.isEmpty)
        #expect(Templates.own.names.count > 20)
    }

    @Test("have a model each, or are a piece of another one")
    func complete() {
        let taken = Self.texts.values.flatMap(Templates.parts)
        #expect(Templates.own.names == Set(Self.models.map { $0.template }).union(taken))
        #expect(Set(Self.models.map { $0.template }).count == Self.models.count)
    }

    @Test("are rendered, whole, from a model with everything filled in", arguments: TemplateModels.pages.indices)
    func rendered(number: Int) throws {
        let frame = try Sample.of(FrameSample.type)
        let page = try Self.render(try Sample.of(TemplateModels.pages[number]), in: frame)
        #expect(page.hasPrefix("<!doctype html>") && page.hasSuffix("</html>") && !page.contains("{{"))
    }

    @Test("and pieces too", arguments: TemplateModels.pieces.indices)
    func pieces(number: Int) throws {
        let piece = try Self.render(try Sample.of(TemplateModels.pieces[number]))
        #expect(!piece.isEmpty && !piece.contains("{{"))
    }

    private static func render(
        _ model: some TemplateModel, in frame: (any TemplateModel)? = nil
    ) throws -> String {
        try Templates.own.render(model, in: frame)
    }

    /// A page and its frame are looked up side by side, so no name may be in both.
    @Test("of pages have no name of the frame")
    func apart() throws {
        let frame = Set(try ModelFields.of(try Sample.of(FrameSample.type)).keys)
        for model in TemplateModels.pages {
            let own = try ModelFields.of(try Sample.of(model)).keys
            #expect(frame.isDisjoint(with: own), "\(model.template)")
        }
    }

    @Test("say names that their models have, and all of these")
    func names() throws {
        var walk = NameWalk(texts: Self.texts)
        let frame = try Sample.of(FrameSample.type)
        for model in TemplateModels.pages { walk.page(model.template, [frame, try Sample.of(model)]) }
        for model in TemplateModels.pieces where model.template != FrameSample.template {
            walk.page(model.template, [try Sample.of(model)])
        }
        for name in walk.unknown.sorted() { Issue.record("no model has \(name)") }
        for name in walk.declared.subtracting(walk.used).sorted() { Issue.record("no template says \(name)") }
    }

    @Test("get each property by its name; what is not there is said to be nothing")
    func fields() throws {
        var model = try Sample.of(DomainsModelSample.type)
        let filled = try ModelFields.of(model)
        #expect(filled["query"] as? String == "text" && filled["addable"] as? Bool == true)
        let rows = try #require(filled["rows"] as? [Any])
        let row = try #require(rows.first as? [String: Any])
        #expect(row["name"] as? String == "text" && row["more"] as? Int == 1 && row["tagList"] is [Any])
        model = try JSONDecoder().decode(
            DomainsModelSample.type,
            from: try JSONSerialization.data(withJSONObject: filled.filter { $0.key != "next" }))
        #expect(try ModelFields.of(model)["next"] is NSNull)
    }

    private enum DomainsModelSample {
        static var type: any TemplateModel.Type {
            TemplateModels.pages.first { $0.template == "domains" } ?? TemplateModels.pages[0]
        }
    }

    private enum FrameSample {
        static let template = "layout"
        static var type: any TemplateModel.Type {
            TemplateModels.pieces.first { $0.template == template } ?? TemplateModels.pieces[0]
        }
    }

    private static let texts = Dictionary(
        uniqueKeysWithValues: Assets.all.filter { $0.key.hasSuffix(".mustache") }.map {
            (String($0.key.dropLast(".mustache".count)), $0.value)
        })

    // MARK: Faults

    struct Fault: Sendable {
        var title: String
        var files: [String: String]
        var faults: [String]
        var words: String
    }

    static let faults = [
        Fault(
            title: "a section without an end", files: ["a.mustache": "x\n{{#b}}y\n"], faults: ["a"], words: "line 2"),
        Fault(
            title: "a frame that is missing", files: ["a.mustache": "{{<none}}{{$main}}{{/main}}{{/none}}"],
            faults: ["a"], words: "none.mustache: there is no such template"),
        Fault(
            title: "a piece of a piece that is broken",
            files: ["a.mustache": "{{>b}}", "b.mustache": "{{> c }}", "c.mustache": "{{#x}}", "d.mustache": "fine"],
            faults: ["a", "b", "c"], words: "it takes in b.mustache: it takes in c.mustache: line 1"),
    ]

    @Test("that cannot be used are faults", arguments: faults.indices)
    func broken(number: Int) throws {
        let fault = Self.faults[number]
        let templates = Templates(files: fault.files)
        #expect(templates.faults.keys.sorted() == fault.faults)
        #expect("\(try #require(templates.faults["a"]))".contains(fault.words), "\(fault.title)")
    }

    @Test("that are missing or broken are no empty page")
    func missing() throws {
        let model = try Sample.of(TemplateModels.pages[0])
        #expect(throws: Templates.Fault.self) { try Templates(files: [:]).render(model) }
        let name = type(of: model).template
        #expect(throws: Templates.Fault.self) { try Templates(files: ["\(name).mustache": "{{#x}}"]).render(model) }
        #expect(throws: Never.self) { try Templates(files: ["\(name).mustache": "fine"]).render(model) }
    }
}

/// The names that templates say, looked up in models with everything filled in.
private struct NameWalk {
    let texts: [String: String]
    /// Types with the names of their properties, all and those that some template says.
    var declared: Set<String> = []
    var used: Set<String> = []
    var unknown: Set<String> = []

    init(texts: [String: String]) { self.texts = texts }

    mutating func page(_ template: String, _ models: [Any]) {
        for model in models { declare(model) }
        walk(template, models)
    }

    private mutating func declare(_ value: Any) {
        let mirror = Mirror(reflecting: value)
        for child in mirror.children {
            if mirror.displayStyle == .struct, let name = child.label {
                declared.insert("\(mirror.subjectType).\(name)")
            }
            if !(child.value is String) { declare(child.value) }
        }
    }

    private mutating func walk(_ template: String, _ outer: [Any]) {
        var stack = outer
        var open: [(name: String, depth: Int)] = []
        for tag in (texts[template] ?? "").matches(of: /\{\{\{?([#^\/<>$!]?)\s*([^}]*?)\s*\}\}\}?/) {
            let name = String(tag.output.2)
            switch tag.output.1 {
            case "!": continue
            case ">": walk(name, stack)
            case "<": walk(name, stack)
            case "$": continue
            case "#", "^":
                open.append((name, stack.count))
                let value = look(name, stack, in: template)
                if tag.output.1 == "#", let inner = value.flatMap(Self.inside) { stack.append(inner) }
            case "/":
                // Frames and blocks have ends too, and open nothing here.
                guard let last = open.last, last.name == name else { continue }
                stack.removeLast(stack.count - last.depth)
                open.removeLast()
            default: _ = name == "." ? nil : look(name, stack, in: template)
            }
        }
        #expect(open.isEmpty, "\(template): \(open)")
    }

    /// What a section is about: one of a list; nothing new for a flag.
    private static func inside(_ value: Any) -> Any? {
        let mirror = Mirror(reflecting: value)
        switch mirror.displayStyle {
        case .collection, .optional: return mirror.children.first.flatMap { inside($0.value) }
        default: return value is Bool ? nil : value
        }
    }

    private mutating func look(_ path: String, _ stack: [Any], in template: String) -> Any? {
        let names = path.split(separator: ".").map(String.init)
        for model in stack.reversed() {
            guard var value = property(names[0], of: model) else { continue }
            for name in names.dropFirst() {
                guard let next = Self.inside(value).flatMap({ property(name, of: $0) }) else {
                    unknown.insert("\(path), which \(template) says")
                    return nil
                }
                value = next
            }
            return value
        }
        unknown.insert("\(path), which \(template) says")
        return nil
    }

    private mutating func property(_ name: String, of model: Any) -> Any? {
        let mirror = Mirror(reflecting: model)
        guard let child = mirror.children.first(where: { $0.label == name }) else { return nil }
        used.insert("\(mirror.subjectType).\(name)")
        return child.value
    }
}
