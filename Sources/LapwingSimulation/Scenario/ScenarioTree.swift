/// A YAML document as plain data with the position of each value.
///
/// Base worlds, scenarios and the steps of a timeline are merged and changed in this form, and only then decoded.
package struct ScenarioTree: Sendable, Hashable {
    /// The kind and content of a value.
    package indirect enum Content: Sendable, Hashable {
        case map([Entry])
        case list([ScenarioTree])
        case text(String)
        case integer(Int)
        case number(Double)
        case boolean(Bool)
        case null
    }

    /// A key with its value.
    package struct Entry: Sendable, Hashable {
        /// The key as written in the file.
        package var key: String
        /// The value.
        package var value: ScenarioTree
    }

    /// The kind and content.
    package var content: Content
    /// The position in its file.
    package var place: Place

    package init(_ content: Content, at place: Place) {
        self.content = content
        self.place = place
    }

    /// Positions are ignored.
    package static func == (one: ScenarioTree, other: ScenarioTree) -> Bool { one.content == other.content }

    /// Positions are ignored, as in `==`.
    package func hash(into hasher: inout Hasher) { hasher.combine(content) }

    /// The entries of a map; empty for anything else.
    package var entries: [Entry] {
        if case .map(let entries) = content { entries } else { [] }
    }

    /// The elements of a list; empty for anything else.
    package var items: [ScenarioTree] {
        if case .list(let items) = content { items } else { [] }
    }

    /// The text; nil for anything but a text.
    package var text: String? {
        if case .text(let text) = content { text } else { nil }
    }

    /// Whether the value is `null` or empty.
    package var isNull: Bool { content == .null }

    /// Reads or replaces the value of a key; setting nil removes the key. Anything but a map has no keys.
    package subscript(key: String) -> ScenarioTree? {
        get { entries.first { $0.key == key }?.value }
        set {
            guard case .map(var entries) = content else { return }
            let index = entries.firstIndex { $0.key == key }
            switch (index, newValue) {
            case (let index?, let value?): entries[index].value = value
            case (let index?, nil): entries.remove(at: index)
            case (nil, let value?): entries.append(Entry(key: key, value: value))
            case (nil, nil): break
            }
            content = .map(entries)
        }
    }

    /// Returns this tree merged with another one: maps are merged key by key, anything else is replaced.
    package func merged(with other: ScenarioTree) -> ScenarioTree {
        guard case .map = content, case .map(let changes) = other.content else { return other }
        var result = self
        for change in changes {
            result[change.key] = self[change.key]?.merged(with: change.value) ?? change.value
        }
        result.place = other.place
        return result
    }

    /// Replaces the value at a path of keys; returns false if the path does not exist.
    package mutating func replace(at path: ArraySlice<String>, with value: ScenarioTree) -> Bool {
        guard let key = path.first, case .map = content else { return false }
        if path.count == 1 {
            self[key] = value
            return true
        }
        guard var next = self[key], next.replace(at: path.dropFirst(), with: value) else { return false }
        self[key] = next
        return true
    }

    /// The value at a path of keys; nil if a key is missing.
    package func value(at path: ArraySlice<String>) -> ScenarioTree? {
        guard let key = path.first else { return self }
        return self[key]?.value(at: path.dropFirst())
    }
}
