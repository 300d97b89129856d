package import DNSWire
package import LapwingCore

/// What an input would change, before anything is changed.
package struct ImportPlan: Sendable {
    /// What an import does with a domain.
    package enum Standing: String, CaseIterable, Sendable {
        case new, changed, unchanged
        /// It came from the same source before and is no longer in it.
        case gone
        /// It is watched by what stands elsewhere, and differently; that is left as it is.
        case elsewhere
    }

    /// One domain of the plan.
    package struct Entry: Sendable {
        /// The name of the domain, folded.
        package var name: Name
        /// What the import does with it.
        package var standing: Standing
        /// What is said of it afterwards; for what is gone, what is said of it now.
        package var options: DomainOptions
        /// The keys that change; empty unless it is changed.
        package var changes: [Change] = []
        /// Where the input names it; nil for what is gone.
        package var place: ImportPlace?
        /// Where else it is watched.
        package var holder: String?
    }

    /// A key whose value changes.
    package struct Change: Sendable, Equatable {
        /// The key under the domain's entry, such as `tags`.
        package var key: String
        /// The value now; nil if the key is not set.
        package var old: DocumentValue?
        /// The value after the import; nil if there is none.
        package var new: DocumentValue?
    }

    /// What is wrong with what is said of a domain, in sentences.
    package struct Unfit: Error, Sendable {
        /// The sentences, one for each fault, without the name of the domain.
        package var texts: [String]

        package init(_ texts: [String]) {
            self.texts = texts
        }
    }

    /// A domain that is watched already.
    package struct Known: Sendable {
        /// Whether it stands where the import is to be written, so that it can be changed.
        package var isHere: Bool
        /// Whether it came there from the same source.
        package var isOfSource: Bool
        /// What is said of it there.
        package var options: DomainOptions
        /// The watch as it is now; nil if it is unknown, so that any entry of the input differs from it.
        package var watch: Watch?
        /// Where it stands, in words.
        package var holder: String

        package init(
            isHere: Bool, isOfSource: Bool = false, options: DomainOptions = DomainOptions(), watch: Watch?,
            holder: String
        ) {
            self.isHere = isHere
            self.isOfSource = isOfSource
            self.options = options
            self.watch = watch
            self.holder = holder
        }
    }

    /// Those of the input in its order, then what is gone.
    package var entries: [Entry] = []
    /// What of the input cannot be watched.
    package var faults: [ImportFault] = []

    /// - Parameters:
    ///   - tags: words that every domain of the input gets.
    ///   - tagsNewOnly: whether domains that are watched already, and whose tags the input does not say, are left
    ///     without them.
    ///   - known: what is watched already, by folded names.
    ///   - most: as many new domains are taken.
    ///   - watch: reads what is said of a domain.
    package init(
        _ domains: [ImportedDomain], tags: [String] = [], tagsNewOnly: Bool = false, known: [Name: Known],
        most: Int = .max,
        watch: (Name, DomainOptions) throws(Unfit) -> Watch
    ) {
        var seen: Set<Name> = []
        var added = 0
        for domain in domains {
            seen.insert(domain.name)
            var wanted = domain
            let isTagged = !tagsNewOnly || known[domain.name] == nil || domain.options["tags"] != nil
            if !tags.isEmpty, isTagged { wanted.add(tags: tags) }
            do throws(Unfit) {
                let entry = try Self.entry(wanted, known[domain.name], watch)
                if entry.standing == .new {
                    guard added < most else {
                        faults.append(ImportFault(domain.place, "\(domain.name): there is no room for more domains"))
                        continue
                    }
                    added += 1
                }
                entries.append(entry)
            } catch {
                for text in error.texts {
                    faults.append(
                        ImportFault(domain.place, "\(domain.name): \(text)", entry: domain.name.description))
                }
            }
        }
        let gone = known.filter { $1.isHere && $1.isOfSource && !seen.contains($0) }
        for (name, entry) in gone.sorted(by: { $0.key < $1.key }) {
            entries.append(Entry(name: name, standing: .gone, options: entry.options))
        }
    }

    private static func entry(
        _ domain: ImportedDomain, _ known: Known?, _ watch: (Name, DomainOptions) throws(Unfit) -> Watch
    ) throws(Unfit) -> Entry {
        let wanted = domain.options
        guard let known else {
            _ = try watch(domain.name, wanted)
            return Entry(name: domain.name, standing: .new, options: wanted, place: domain.place)
        }
        let options = known.isHere ? known.options.merged(with: wanted) : wanted
        let next = try watch(domain.name, options)
        var entry = Entry(name: domain.name, standing: .unchanged, options: options, place: domain.place)
        if let now = known.watch, now.saysTheSame(as: next) {
            if known.isHere { entry.options = known.options }
            return entry
        }
        guard known.isHere else {
            entry.standing = .elsewhere
            entry.holder = known.holder
            return entry
        }
        entry.standing = .changed
        entry.changes = options.members.compactMap { member in
            let old = known.options[member.key]
            return old == member.value ? nil : Change(key: member.key, old: old, new: member.value)
        }
        return entry
    }

    /// Returns the domains of one standing, in their order.
    package func entries(_ standing: Standing) -> [Entry] { entries.filter { $0.standing == standing } }

    /// Returns the number of domains of one standing.
    package func count(_ standing: Standing) -> Int { entries.reduce(0) { $0 + ($1.standing == standing ? 1 : 0) } }

    /// Whether writing it would change anything.
    ///
    /// - Parameter prunes: what is gone is to go.
    package func changesAnything(prunes: Bool) -> Bool {
        entries.contains { $0.standing == .new || $0.standing == .changed || prunes && $0.standing == .gone }
    }
}

extension Watch {
    /// Whether two watches look at the same in the same way, apart from windows in which work is announced.
    package func saysTheSame(as other: Watch) -> Bool {
        func plain(_ watch: Watch) -> Watch {
            var plain = watch
            plain.maintenance = []
            plain.announced = []
            plain.learning = 0
            plain.declaration?.place = ""
            plain.expected = plain.expected.mapValues { $0.placeless }
            plain.sets = []
            return plain
        }
        // What is read of a source is not said of the domain.
        let (one, other) = (undeclared, other.undeclared)
        return Set(one.sets) == Set(other.sets) && plain(one) == plain(other)
    }
}
