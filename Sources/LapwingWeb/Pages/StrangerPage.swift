import DNSWire
import LapwingStore

/// The page of a domain that is not watched: it offers a check-up and to start watching.
struct StrangerPage {
    let frame: PageFrame
    let sources: WebSources
    let name: Name

    func render() throws -> String {
        let text = Shown.name(name)
        let model = StrangerModel(
            name: text, query: Escape.query(text), above: above,
            watchable: sources.add != nil && above == nil && !name.isRoot && !sources.isSuffix(name),
            hasHistory: try !sources.store.incidents(of: name, limit: 1).isEmpty)
        return try frame.render(model, title: text, path: "/domains")
    }

    /// The nearest watched ancestor.
    private var above: DomainLinkModel? {
        var zone = name.parent
        while let candidate = zone, !candidate.isRoot {
            if frame.content.roster.row(of: candidate) != nil {
                return DomainLinkModel(path: Escape.path(Shown.name(candidate)), domain: Shown.name(candidate))
            }
            zone = candidate.parent
        }
        return nil
    }
}
