package import DNSWire
package import LapwingCore

/// The changes that an input would cause.
package struct ImportPlan: Sendable {
    /// What an import does with a domain.
    package enum Standing: String, CaseIterable, Sendable {
        case new, changed, unchanged
        /// It came from the same source before and is no longer in it.
        case gone
        /// It is defined elsewhere with other options, which are left unchanged.
        case elsewhere
    }

    /// One domain of the plan.
    package struct Entry: Sendable {
        /// The name of the domain, folded.
        package var name: Name
        /// What the import does with it.
        package var standing: Standing
        /// The new options; for a domain that is gone, the present ones.
        package var options: DomainOptions
        /// The changed keys; empty unless the domain is changed.
        package var changes: [Change] = []
        /// The position in the input; nil for a domain that is gone.
        package var place: ImportPlace?
        /// The other place where it is defined; nil for any other standing than ``Standing/elsewhere``.
        package var holder: String?
    }

    /// A key with a changed value.
    package struct Change: Sendable, Equatable {
        /// The key under the domain's entry, such as `tags`.
        package var key: String
        /// The value now; nil if the key is not set.
        package var old: DocumentValue?
        /// The value after the import; nil if there is none.
        package var new: DocumentValue?
    }

    /// The faults of a domain's options, in sentences.
    package struct Unfit: Error, Sendable {
        /// The sentences, one for each fault, without the name of the domain.
        package var texts: [String]

        package init(_ texts: [String]) {
            self.texts = texts
        }
    }

    /// A domain that is already watched.
    package struct Known: Sendable {
        /// Whether it is defined at the import's destination, where it can be changed.
        package var isHere: Bool
        /// Whether it came from the same source.
        package var isOfSource: Bool
        /// Its present options.
        package var options: DomainOptions
        /// The watch as it is now; nil if it is unknown, so that any entry of the input differs from it.
        package var watch: Watch?
        /// The place where it is defined, in words.
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

    /// The domains of the input in order, then those that are gone.
    package var entries: [Entry] = []
    /// Entries of the input that cannot be watched.
    package var faults: [ImportFault] = []

    /// - Parameters:
    ///   - tags: tags for all domains of the input.
    ///   - tagsNewOnly: whether these tags are omitted for domains that are already watched and have no tags in the
    ///     input.
    ///   - known: the watched domains, by case-folded names.
    ///   - most: the largest number of new domains.
    ///   - watch: converts the options of a domain to a watch.
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

    /// Whether writing the plan would change anything.
    ///
    /// - Parameter prunes: whether domains that are gone are removed.
    package func changesAnything(prunes: Bool) -> Bool {
        entries.contains { $0.standing == .new || $0.standing == .changed || prunes && $0.standing == .gone }
    }
}

extension Watch {
    /// Whether two watches are equal, apart from announced windows.
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
        // Declared records come from a source rather than from the options.
        let (one, other) = (undeclared, other.undeclared)
        return Set(one.sets) == Set(other.sets) && plain(one) == plain(other)
    }
}
