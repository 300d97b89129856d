package import DNSWire
package import LapwingCore

/// A domain that a source names, with what it says of it.
package struct ImportedDomain: Sendable {
    /// A name in the domain and the types to look at there; none for the usual ones.
    package struct WatchedName: Hashable, Sendable {
        /// The full name, folded.
        package var name: Name
        /// The types to watch at the name; empty for the usual ones.
        package var types: [RecordType]
    }

    /// The name of the domain, folded.
    package var name: Name
    /// Names to look at, the domain's own first; empty for the usual ones.
    package var watched: [WatchedName] = []
    /// When the registration ends, as the source says.
    package var expires: Timestamp?
    /// The tags that the source gives, at most 64; dollar signs are not doubled yet.
    package var tags: [String] = []
    /// What a source in Lapwing's own form says.
    package var said = DomainOptions()
    /// The records that are to be there.
    package var records: [DeclaredRecord] = []
    /// Whether the source says all records of the domain, so that what it does not say is not to be there.
    package var isWhole = false
    /// In which form the records are written.
    package var form: DeclaredZone.Form?
    /// The first place in the input that names the domain.
    package var place: ImportPlace

    package init(_ name: Name, at place: ImportPlace) {
        self.name = name
        self.place = place
    }

    /// What the configuration says of such a domain.
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

    /// Words of the configuration, so a dollar sign in them is doubled, beside the source's own.
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

    /// A date alone where the moment is its midnight.
    private static func day(_ moment: Timestamp) -> String {
        let text = moment.description
        return text.hasSuffix("T00:00:00Z") ? String(text.prefix(10)) : text
    }

    /// A name as the domain's entry writes it: `@`, or without the domain.
    package func label(of other: Name) -> String { Self.label(of: other, in: name) }

    /// Returns a name as the entry of a domain writes it: `@`, or without the domain.
    package static func label(of other: Name, in domain: Name) -> String {
        guard other.folded != domain.folded else { return "@" }
        let labels = other.labels.prefix(other.labelCount - domain.labelCount)
        guard let name = try? Name(labels: labels) else { return other.description }
        return String(name.description.dropLast())
    }
}
