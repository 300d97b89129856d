/// What is said of one domain: the keys of an entry under `domains`, without its name.
package struct DomainOptions: Equatable, Sendable {
    /// In the order in which they are written.
    package private(set) var members: [DocumentValue.Member] = []

    package init(_ members: [(String, DocumentValue)] = []) {
        for (key, value) in members { self[key] = value }
    }

    /// What a JSON object or a mapping of YAML says, without the keys that are left out.
    package init(_ value: DocumentValue, without keys: Set<String> = []) {
        members = (value.members ?? []).filter { !keys.contains($0.key) }
    }

    /// What a JSON object says; nil for anything else.
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

    /// The same with what others say on top.
    package func merged(with others: DomainOptions) -> DomainOptions {
        var merged = self
        for member in others.members { merged[member.key] = member.value }
        return merged
    }

    /// A JSON object in one line.
    package var json: String { DocumentValue(.mapping(members)).json }

    /// Whether they say the same; the order of keys does not count.
    package static func == (one: DomainOptions, other: DomainOptions) -> Bool {
        DocumentValue(.mapping(one.members)) == DocumentValue(.mapping(other.members))
    }
}
