/// The sources in which the records of a domain are declared, and the records that were read from them.
package struct Declaration: Sendable, Hashable {
    /// Files or folders, as configured; the first one that declares the domain counts.
    package var sources: [String]
    /// Whether it is configured for this domain alone, so that one of the sources must declare it.
    package var isOwn: Bool
    /// The place in the configuration, such as `lapwing.yml:14`.
    package var place: String
    /// The declared records; nil if none are known.
    package fileprivate(set) var zone: DeclaredZone?
    /// Why the sources could not be read, wholly or in part; nil if all of them could be read. If there is a fault,
    /// ``zone`` is the earlier content, if there is any.
    package fileprivate(set) var fault: String?
    /// RRsets that are watched because they are declared.
    package fileprivate(set) var added: [RecordSetKey] = []
    /// The number of declared RRsets that are not watched, because a domain may have only so many.
    package fileprivate(set) var left = 0

    package init(sources: [String], isOwn: Bool, place: String = "") {
        self.sources = sources
        self.isOwn = isOwn
        self.place = place
    }
}

extension Watch {
    /// The largest number of record sets of one domain. Each is asked of every server and resolver in every round: with
    /// three resolvers and two servers, this number means 5000 questions, which a round can complete within a minute.
    package static let mostSets = 1000

    /// Replaces the declared records by newly read ones. Declared sets are watched, up to ``mostSets`` in all.
    package mutating func declare(_ zone: DeclaredZone?, fault: String? = nil) {
        guard var declaration = self.declaration else { return }
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

    /// The watch as configured, without the records of its sources.
    package var undeclared: Watch {
        var watch = self
        watch.declare(nil)
        return watch
    }
}
