/// A value on the heap: small in tables of a million, and shared by its copies until one of them is changed.
@dynamicMemberLookup
package struct Boxed<Value: Sendable>: Sendable {
    // Changed only through a sole reference, so nothing is shared that can change.
    private final class Box: @unchecked Sendable {
        var value: Value

        init(_ value: Value) { self.value = value }
    }

    private var box: Box

    package init(_ value: Value) { box = Box(value) }

    /// The value itself. A change first takes a copy, if others share it.
    package var value: Value {
        get { box.value }
        _modify {
            if !isKnownUniquelyReferenced(&box) { box = Box(box.value) }
            yield &box.value
        }
    }

    /// A member of the value.
    package subscript<Part>(dynamicMember path: KeyPath<Value, Part>) -> Part { box.value[keyPath: path] }

    /// A member of the value, to be changed.
    package subscript<Part>(dynamicMember path: WritableKeyPath<Value, Part>) -> Part {
        get { box.value[keyPath: path] }
        _modify { yield &value[keyPath: path] }
    }
}

extension Boxed: Equatable where Value: Equatable {
    package static func == (one: Boxed, other: Boxed) -> Bool { one.box === other.box || one.value == other.value }
}

extension Boxed: Hashable where Value: Hashable {
    package func hash(into hasher: inout Hasher) { value.hash(into: &hasher) }
}
