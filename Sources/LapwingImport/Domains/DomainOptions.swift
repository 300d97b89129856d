/// The options of one domain: the keys of an entry under `domains`, without its name.
package struct DomainOptions: Equatable, Sendable {
    /// In the order of writing.
    package private(set) var members: [DocumentValue.Member] = []

    package init(_ members: [(String, DocumentValue)] = []) {
        for (key, value) in members { self[key] = value }
    }

    /// Reads a JSON object or a YAML mapping, without the given keys.
    package init(_ value: DocumentValue, without keys: Set<String> = []) {
        members = (value.members ?? []).filter { !keys.contains($0.key) }
    }

    /// Reads a JSON object; nil for anything else.
    package init?(json: String) {
        guard let value = try? JSONDocument.read(Array(json.utf8), file: ""), value.members != nil else { return nil }
        self.init(value)
    }

    /// The value of a key, which may be `null`; nil if the key is absent. Setting nil removes the key, and a new key
    /// becomes the last.
    package subscript(key: String) -> DocumentValue? {
        get { members.first { $0.key == key }?.value }
        set {
            let place = members.firstIndex { $0.key == key }
            switch (place, newValue) {
            case (let place?, let value?): members[place].value = value
            case (let place?, nil): members.remove(at: place)
            case (nil, let value?): members.append(DocumentValue.Member(key: key, value: value))
            case (nil, nil): break
            }
        }
    }

    /// Whether there is no key, so that the entry is the name alone.
    package var isEmpty: Bool { members.isEmpty }

    /// Returns these options with others on top.
    package func merged(with others: DomainOptions) -> DomainOptions {
        var merged = self
        for member in others.members { merged[member.key] = member.value }
        return merged
    }

    /// The options as a JSON object in one line.
    package var json: String { DocumentValue(.mapping(members)).json }

    /// Whether the options are equal, regardless of the order of keys.
    package static func == (one: DomainOptions, other: DomainOptions) -> Bool {
        DocumentValue(.mapping(one.members)) == DocumentValue(.mapping(other.members))
    }
}
