import DNSWire
import LapwingCore
import LapwingImport

/// The form for pasting or uploading domains, with a preview of the result.
struct AddPage {
    /// The largest number of domains in one paste or file; more belong into a file on the server.
    static let mostNames = 5000
    /// The largest size of a request, in bytes.
    static let longestBody = 4 << 20

    let frame: PageFrame
    let rules: DomainGathering.Rules
    /// Computes the changes that domains would cause; the tags are added to new ones.
    let plan: @Sendable ([ImportedDomain], [String]) -> ImportPlan

    /// The result of reading the submitted list or file.
    struct Finding {
        var format: ImportFormat
        var plan: ImportPlan
        var isCut: Bool
    }

    /// - Throws: the reason if nothing of it can be used.
    func find(_ text: [UInt8], named name: String = "list", tags: [String]) throws(ImportFault) -> Finding {
        let input = ImportInput(name: name, files: [.init(name, text)])
        let result = try ImportReading(rules).read(input)
        var plan = self.plan(Array(result.domains.prefix(Self.mostNames)), tags)
        plan.faults = result.faults + plan.faults
        return Finding(format: result.format, plan: plan, isCut: result.domains.count > Self.mostNames)
    }

    /// Splits a field of tags into words.
    static func tags(_ text: String) -> [String] {
        text.split { $0 == "," || $0.isWhitespace }.prefix(64).map { DomainOptions.escaped(String($0)) }
    }

    /// Returns the form before any input.
    func empty(_ list: String, tags: String, faults: [String] = []) throws -> String {
        try frame.render(model(list, tags: tags, faults: faults), title: "Add domains", path: "/domains")
    }

    /// Returns the form, with a preview if there is any input.
    ///
    /// - Parameters:
    ///   - list: the pasted text.
    ///   - file: the uploaded file with its name.
    ///   - faults: the result of an attempt, in sentences.
    func render(
        _ list: String, file: (name: String, content: [UInt8])? = nil, tags: String, faults: [String] = []
    ) throws -> String {
        var model = model(list, tags: tags, faults: faults)
        let content = file?.content ?? Array(list.utf8)
        guard content.contains(where: { $0 > 32 }) else {
            return try frame.render(model, title: "Add domains", path: "/domains")
        }
        do throws(ImportFault) {
            let words = Self.tags(tags)
            show(try find(content, named: file?.name ?? "list", tags: words), tags: words, in: &model)
        } catch {
            model.faults.append(Shown.text("The input cannot be read: \(error)", limit: 600))
        }
        return try frame.render(model, title: "Add domains", path: "/domains")
    }

    private func model(_ list: String, tags: String, faults: [String]) -> AddModel {
        let typed = list.replacing("\r\n", with: "\n").replacing("\r", with: "\n")
        return AddModel(
            list: Shown.text(typed, limit: 1_000_000), tags: Shown.text(tags, limit: 500),
            faults: faults.prefix(50).map { Shown.text($0, limit: 300) }, hasList: false, kind: nil,
            isAnyTaken: false, taken: [], takenCount: "", takenList: "", isAnyChanged: false, changed: [], known: nil,
            isAnyRefused: false, refused: [], refusedCount: "", isAnyLeft: false, left: [], leftCount: "",
            isCut: false)
    }

    private func show(_ found: Finding, tags: [String], in model: inout AddModel) {
        let plan = found.plan
        let new = plan.entries(.new)
        let changed = plan.entries(.changed)
        let known = (plan.entries(.unchanged) + plan.entries(.elsewhere)).map(\.name)
        let refused = plan.faults.filter { $0.weight != .leftOut }
        let left = plan.faults.filter { $0.weight == .leftOut }
        let count = new.count + changed.count
        model.hasList = true
        model.kind = found.format == .list ? nil : "It is \(found.format.title)."
        model.isAnyTaken = count > 0
        model.taken =
            new.prefix(500).map { Self.line($0, tags) }
            + (new.count > 500 ? ["and \(Shown.count(new.count - 500)) more"] : [])
        model.takenCount = count == 1 ? "1 domain" : "\(Shown.count(count)) domains"
        model.takenList = Self.wish(new + changed)
        model.isAnyChanged = !changed.isEmpty
        model.changed = changed.prefix(500).map { entry in
            Shown.text("\(Shown.name(entry.name)): \(entry.changes.map(\.key).joined(separator: ", "))", limit: 300)
        }
        let watched = known.prefix(50).map(Shown.name).joined(separator: ", ")
        let more = known.count > 50 ? " and \(Shown.count(known.count - 50)) more" : ""
        model.known = known.isEmpty ? nil : "Watched already: " + watched + more
        model.isAnyRefused = !refused.isEmpty
        model.refused = refused.prefix(100).map { Shown.text(Self.sentence($0), limit: 300) }
        model.refusedCount = refused.count > 100 ? "and \(Shown.count(refused.count - 100)) more" : ""
        model.isAnyLeft = !left.isEmpty
        model.left = left.prefix(100).map { Shown.text(Self.sentence($0), limit: 300) }
        model.leftCount = left.count > 100 ? "and \(Shown.count(left.count - 100)) more" : ""
        model.isCut = found.isCut
    }

    /// The fault, preceded by its line if there are several lines.
    static func sentence(_ fault: ImportFault) -> String {
        let place = fault.place
        guard place.line > 0 else { return fault.reason }
        return "line \(place.line)\(place.path.isEmpty ? "" : " (\(place.path))"): \(fault.reason)"
    }

    /// - Parameter tags: the tags that all domains get, which are not repeated for each.
    private static func line(_ entry: ImportPlan.Entry, _ tags: [String]) -> String {
        var text = Shown.name(entry.name)
        if let names = entry.options["names"]?.members {
            text += " with \(names.count == 1 ? "1 name" : "\(names.count) names")"
        }
        if let expires = entry.options["expires"]?.text { text += ", registered until \(expires)" }
        if let own = entry.options["tags"]?.texts, own != tags { text += ", tagged \(own.joined(separator: ", "))" }
        return Shown.text(text, limit: 300)
    }

    /// The value of the second form: plain names if no domain has options, otherwise names with their options.
    private static func wish(_ entries: [ImportPlan.Entry]) -> String {
        guard entries.contains(where: { !$0.options.isEmpty }) else {
            return entries.map { Shown.name($0.name) }.joined(separator: "\n")
        }
        let members = entries.map { entry in
            DomainOptions([("name", .text(Shown.name(entry.name)))]).merged(with: entry.options).json
        }
        return "{\"domains\": [\n" + members.joined(separator: ",\n") + "\n]}"
    }
}
