/// Where the records of a domain are declared, and what was read there.
package struct Declaration: Sendable, Hashable {
    /// Files or folders, as the configuration names them; the first one that declares the domain counts.
    package var sources: [String]
    /// Whether it is said of this domain by itself, so that one of the sources has to declare it.
    package var isOwn: Bool
    /// Where the configuration says so, such as `lapwing.yml:14`.
    package var place: String
    /// What is declared; nil where nothing is known of it.
    package fileprivate(set) var zone: DeclaredZone?
    /// Why what is declared could not be read, wholly or in part; then ``zone`` is what was read before, if anything was.
    package fileprivate(set) var fault: String?
    /// RRsets that are watched because they are declared.
    package fileprivate(set) var added: [RecordSetKey] = []
    /// How many declared RRsets are not watched, since a domain may have so many only.
    package fileprivate(set) var left = 0

    package init(sources: [String], isOwn: Bool, place: String = "") {
        self.sources = sources
        self.isOwn = isOwn
        self.place = place
    }
}

extension Watch {
    /// Record sets of one domain. Each is asked of every server and resolver in every round: with three resolvers and two
    /// servers this many are 5000 questions, which is what a round can carry through within a minute.
    package static let mostSets = 1000

    /// Takes what was read of the domain's sources in the place of what was known of them: what is declared is watched.
    package mutating func declare(_ zone: DeclaredZone?, fault: String? = nil) {
        guard var declaration else { return }
        let before = Set(declaration.added)
        if !before.isEmpty { sets.removeAll(where: before.contains) }
        var known = Set(sets)
        let wanted = (zone?.comparable ?? []).filter { known.insert($0).inserted }
        declaration.added = Array(wanted.prefix(max(0, Self.mostSets - sets.count)))
        declaration.left = wanted.count - declaration.added.count
        declaration.zone = zone
        declaration.fault = fault
        sets += declaration.added
        self.declaration = declaration
    }

    /// The watch as the configuration has it, without what was read of the sources that it names.
    package var undeclared: Watch {
        var watch = self
        watch.declare(nil)
        return watch
    }
}
