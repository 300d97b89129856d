import DNSWire
import LapwingCore

/// The form in which domains are pasted, and what of a list would be taken.
struct AddPage {
    /// Names of one list; more belong into a file.
    static let mostNames = 2000

    /// One word of a pasted list.
    enum Word {
        case taken(Name)
        case known(Name)
        case refused(EnteredName.Refusal)
    }

    let frame: PageFrame
    let names: EnteredName

    /// The names of a list, separated by commas, semicolons, blanks or line ends; `#` begins a comment.
    func words(_ list: String) -> [Word] {
        var seen: Set<Name> = []
        var words: [Word] = []
        for piece in Self.pieces(list) {
            guard words.count < Self.mostNames else { return words }
            do throws(EnteredName.Refusal) {
                let name = try names.read(piece).folded
                guard seen.insert(name).inserted else { continue }
                words.append(frame.content.roster.row(of: name) == nil ? .taken(name) : .known(name))
            } catch {
                words.append(.refused(error))
            }
        }
        return words
    }

    /// Blanks part names only where all that they part looks like names: `exa mple.com` is a mistake, not two domains.
    private static func pieces(_ list: String) -> [String] {
        list.split(whereSeparator: \.isNewline).flatMap { line in
            line.prefix { $0 != "#" }.split { $0 == "," || $0 == ";" }.flatMap { piece -> [String] in
                let words = piece.split(whereSeparator: \.isWhitespace).map(String.init)
                guard words.count > 1 else { return words }
                return words.allSatisfy { $0.contains(".") || $0.contains("@") }
                    ? words : [words.joined(separator: " ")]
            }
        }
    }

    /// The form, with what would come of the list if there is one.
    ///
    /// - Parameter faults: what came of an attempt, in sentences.
    func render(_ list: String, tags: String, faults: [String] = []) throws -> String {
        let words = words(list)
        let typed = list.replacing("\r\n", with: "\n").replacing("\r", with: "\n")
        var taken: [Name] = []
        var known: [Name] = []
        var refused: [String] = []
        for word in words {
            switch word {
            case .taken(let name): taken.append(name)
            case .known(let name): known.append(name)
            case .refused(let refusal): refused.append(Shown.text("\(refusal)", limit: 300))
            }
        }
        let watched = known.prefix(50).map(Shown.name).joined(separator: ", ")
        let model = AddModel(
            list: Shown.text(typed, limit: 60_000), tags: Shown.text(tags, limit: 500),
            faults: faults.prefix(50).map { Shown.text($0, limit: 300) }, hasList: !words.isEmpty,
            isAnyTaken: !taken.isEmpty, taken: taken.prefix(500).map(Shown.name),
            takenCount: taken.count == 1 ? "1 domain" : "\(Shown.count(taken.count)) domains",
            takenList: taken.map(Shown.name).joined(separator: "\n"),
            known: known.isEmpty ? nil : "Watched already: " + watched, isAnyRefused: !refused.isEmpty,
            refused: Array(refused.prefix(100)), isCut: words.count >= Self.mostNames)
        return try frame.render(model, title: "Add domains", path: "/domains")
    }
}
