package import DNSWire
package import LapwingCore

/// A domain in a source, with the source's data about it.
package struct ImportedDomain: Sendable {
    /// A name in the domain and the types to watch there; empty for the usual ones.
    package struct WatchedName: Hashable, Sendable {
        /// The full name, folded.
        package var name: Name
        /// The types to watch at the name; empty for the usual ones.
        package var types: [RecordType]
    }

    /// The name of the domain, folded.
    package var name: Name
    /// Names to watch, the domain's own first; empty for the usual ones.
    package var watched: [WatchedName] = []
    /// The end of the registration according to the source; nil if it does not say.
    package var expires: Timestamp?
    /// The tags that the source gives, at most 64; dollar signs are not doubled yet.
    package var tags: [String] = []
    /// The options in a source in Lapwing's own form.
    package var said = DomainOptions()
    /// The declared records.
    package var records: [DeclaredRecord] = []
    /// Whether the source contains all records of the domain, so that others must not exist.
    package var isWhole = false
    /// The form of the records; nil if there are none.
    package var form: DeclaredZone.Form?
    /// The first place in the input that names the domain.
    package var place: ImportPlace

    package init(_ name: Name, at place: ImportPlace) {
        self.name = name
        self.place = place
    }

    /// The options for the configuration.
    package var options: DomainOptions {
        var options = said
        if !watched.isEmpty {
            options["names"] = .mapping(
                watched.map { entry in (DomainOptions.escaped(label(of: entry.name)), Self.types(entry.types)) })
        }
        if let expires { options["expires"] = .text(Self.day(expires)) }
        if !tags.isEmpty { options["tags"] = .texts(tags.map(DomainOptions.escaped)) }
        return options
    }

    /// Adds tags in the configuration's notation, in which a dollar sign is doubled, to those of the source.
    package mutating func add(tags more: [String]) {
        var all = tags.map(DomainOptions.escaped)
        if all.isEmpty { all = said["tags"]?.texts ?? [] }
        for tag in more where !all.contains(tag) { all.append(tag) }
        tags = []
        said["tags"] = .texts(all)
    }

    private static func types(_ types: [RecordType]) -> DocumentValue {
        types.isEmpty ? DocumentValue(.null) : .texts(types.map(\.description))
    }

    /// Returns only the date if the moment is midnight.
    private static func day(_ moment: Timestamp) -> String {
        let text = moment.description
        return text.hasSuffix("T00:00:00Z") ? String(text.prefix(10)) : text
    }

    /// Returns a name in the notation of the domain's entry: `@`, or without the domain.
    package func label(of other: Name) -> String { Self.label(of: other, in: name) }

    /// Returns a name as the entry of a domain writes it: `@`, or without the domain.
    package static func label(of other: Name, in domain: Name) -> String {
        guard other.folded != domain.folded else { return "@" }
        let labels = other.labels.prefix(other.labelCount - domain.labelCount)
        guard let name = try? Name(labels: labels) else { return other.description }
        return String(name.description.dropLast())
    }
}
